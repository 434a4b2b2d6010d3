import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toMinute } from '../../../src/core/activity/minute';
import { graphOf, graphSpanOf } from '../../../src/core/export/report/graph';
import { graphSvg } from '../../../src/core/export/report/graphSvg';
import { htmlReport } from '../../../src/core/export/report/htmlReport';
import { escaped } from '../../../src/core/export/report/markup';
import { STYLE, STYLE_HASH } from '../../../src/core/export/report/style';
import { toSharedAnalysis } from '../../../src/core/export/shared/sharedAnalysis';
import type { Insight } from '../../../src/core/insights/insight';
import { emptyAnalysis, exampleAnalysis, SPIKE } from './example';

const analysis = toSharedAnalysis(exampleAnalysis());
const spike = analysis.insights.find(({ start }) => start === SPIKE)!;

/** Every tag closed in order, every attribute quoted, no bare `<` or `&`: throws where XML would. */
function openTags(xml: string): string[] {
  const open: string[] = [];
  const rest = xml.replace(
    /<(\/?)([a-z][a-z0-9]*)((?: [A-Za-z:-]+="[^"<]*")*)(\/?)>/g,
    (_, close, name, __, self) => {
      if (close) expect(open.pop()).toBe(name);
      else if (!self) open.push(name);
      return '';
    },
  );
  expect(rest).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot|#39);)/);
  return open;
}

describe('the graph of an insight', () => {
  const svg = graphSvg(graphOf(analysis, spike));

  it('is a well-formed SVG file that refers to nothing outside of itself', () => {
    expect(openTags(svg)).toEqual([]);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
      /https?:|url\(|href|style=|<script|<style/,
    );
  });

  it('shows three hours around a short insight, and the whole of a long one', () => {
    const lasting = (minutes: number): Insight => ({ ...spike, end: toMinute(SPIKE + minutes) });
    const hours = (minutes: number) => {
      const { start, end } = graphSpanOf(lasting(minutes));
      return Math.round((end - start) / 60);
    };
    expect([1, 239, 240, 720, 1440, 4320, 20_000].map(hours)).toEqual([3, 5, 12, 24, 72, 168, 334]);
  });

  it('holds the spike, its name, its averages and its time', () => {
    expect(svg).toContain(
      '<title>UpdateInstanceInformation: ▲ Rise in calls, 2026-01-20 13:37 UTC</title>',
    );
    expect(svg).toMatch(/insight 24\d, baseline [45](?:\.\d+)?\b/);
    const { calls, span } = graphOf(analysis, spike);
    expect(calls[SPIKE - span.start]).toBe(spike.explanation.peakCalls);
  });

  it('loses no spike when minutes are narrower than pixels', () => {
    const wide = { start: toMinute(SPIKE - 8000), end: toMinute(SPIKE + 600) };
    const highest = (image: string) =>
      Math.min(...Array.from(image.matchAll(/V(\d+(?:\.\d)?)/g), ([, height]) => Number(height)));
    expect(highest(graphSvg(graphOf(analysis, spike, wide)))).toBe(highest(svg));
  });

  it('marks where logs are missing', () => {
    const late = { start: toMinute(SPIKE), end: toMinute(SPIKE + 1440) };
    const { missing } = graphOf(analysis, spike, late);
    const [{ end }] = analysis.coverage;
    expect(missing).toEqual([{ start: end, end: late.end }]);
  });
});

describe('text from logs in markup', () => {
  it('can neither open a tag nor leave an attribute, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const markup = escaped(text);
        expect(markup).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
        expect(markup).not.toMatch(/(?![\t\n\r])\p{Cc}|\p{Cs}/u);
      }),
    );
  });
});

describe('the HTML report', () => {
  const html = [...htmlReport(analysis, 'Acme <b>, "February"')].join('');

  it('lets in its own style and nothing else', () => {
    const hash = createHash('sha256').update(STYLE).digest('base64');
    expect(STYLE_HASH).toBe(hash);
    expect(html).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">`,
    );
    expect(html.match(/<style>([^]*?)<\/style>/)![1]).toBe(STYLE);
    expect(html).not.toMatch(
      /<script|<link|<img|<iframe| style="| on[a-z]+="|(?:src|href)="(?!#)/i,
    );
  });

  it('escapes what the logs hold', () => {
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toContain('<title>Acme &lt;b&gt;, &quot;February&quot;</title>');
  });

  it('is well-formed, but for the tags that HTML leaves open', () => {
    const body = html.slice(html.indexOf('<h1>'), html.indexOf('</body>'));
    expect(openTags(body)).toEqual([]);
  });

  it('has for each insight a graph, an explanation, its statistics, attributions and records', () => {
    expect(html.match(/<svg /g)!.length).toBe(3);
    expect(html.match(/<details>/g)!.length).toBe(3);
    expect(html).toContain(`<td>${spike.sharedEventID}</td>`);
    expect(html).toMatch(
      /24\d calls in the minute 2026-01-20 13:37 UTC, about [45]\.\d+ expected; up to \d+ would have been normal\./,
    );
    expect(html).toContain(
      '<td>arn:aws:sts::123456789012:assumed-role/Loop</td><td class="n">240</td>',
    );
    expect(html).toContain('It still went on in the last complete minute of the logs.');
  });

  it('has the same bytes for the same analysis, and for one that was imported', () => {
    expect([...htmlReport(exampleAnalysis(), 'Acme <b>, "February"')].join('')).toBe(html);
  });

  it('of no insights is a page', () => {
    expect([...htmlReport(emptyAnalysis(), 'Nothing')].join('')).toContain(
      '0 insights at severity 3',
    );
  });
});
