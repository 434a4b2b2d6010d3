import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CorpusName } from './corpus';
import { countsOf } from './counts';
import { installInto } from './install';
import type { Contestant } from './measurement';

const PACKAGE = '@duckdb/node-api@1.5.6-r.1';

/**
 * DuckDB with two threads counting the same calls per minute, de-duplicated by eventID. It is installed into the bench's
 * own folder, runs as a process of its own, and only its query is timed. It cannot look into archives: it reads the folder.
 */
export async function duckdb(
  peers: string,
  home: string,
  corpus: CorpusName,
): Promise<Contestant | null> {
  if (!installInto(peers, PACKAGE)) {
    console.log(`Skipped: ${PACKAGE} cannot be installed.`);
    return null;
  }
  return {
    name: 'DuckDB, 2 threads',
    run: async (verify) => {
      const csv = resolve(peers, 'counts.csv');
      rmSync(csv, { force: true });
      const script = resolve('test/bench/reading/duckdbQuery.mjs');
      const args = [script, queryOf(home, corpus), verify ? csv : ''];
      const output = execFileSync(process.execPath, args, { cwd: peers, encoding: 'utf8' });
      const measured = JSON.parse(output) as { wallMs: number; cpuMs: number };
      if (!verify) return measured;
      return { ...measured, counts: countsOf(readFileSync(csv, 'utf8').split('\n')) };
    },
  };
}

const MEMBERS = {
  eventTime: 'VARCHAR',
  recipientAccountId: 'VARCHAR',
  awsRegion: 'VARCHAR',
  eventSource: 'VARCHAR',
  eventName: 'VARCHAR',
  errorCode: 'VARCHAR',
  readOnly: 'BOOLEAN',
  managementEvent: 'BOOLEAN',
  eventID: 'VARCHAR',
};

/** The members it needs are named, which spares it the guessing of the schema. */
function queryOf(home: string, corpus: CorpusName): string {
  const members = Object.entries(MEMBERS);
  const columns = members.map(([name, type]) => `${name}: '${type}'`).join(', ');
  const struct = members.map(([name, type]) => `${name} ${type}`).join(', ');
  const records =
    corpus === 'one'
      ? `SELECT * FROM read_json('${resolve(home, 'one.json.gz')}', format='newline_delimited', columns={${columns}})`
      : `SELECT unnest(Records, recursive := true) FROM read_json('${resolve(home, corpus)}/**/*.json.gz', columns={Records: 'STRUCT(${struct})[]'}, maximum_object_size=33554432)`;
  return `
    SELECT substr(eventTime, 1, 16) || ':00Z' AS minute, recipientAccountId, awsRegion, eventSource, eventName,
           coalesce(errorCode, '') AS errorCode, readOnly, count(DISTINCT eventID) AS calls
    FROM (${records}) WHERE managementEvent AND (NOT readOnly OR errorCode IS NOT NULL) GROUP BY ALL`;
}
