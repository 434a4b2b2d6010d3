import { describe, expect, it } from 'vitest';
import { COMMANDS, keyWords } from '../../../src/ui/commands/commands';

describe('commands', () => {
  const keys = COMMANDS.flatMap(({ key }) => key ?? []);

  it('share no key and no title', () => {
    expect(new Set(keys).size).toBe(keys.length);
    const titles = COMMANDS.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('have the keys that are promised', () => {
    expect(keys).toEqual(
      expect.arrayContaining(['n', 'p', '/', 'g', '1', '2', '3', '?', 'Escape', 'Mod+k']),
    );
  });

  it('name keys as they are written on the keyboard', () => {
    expect(keyWords('Mod+k', false)).toBe('Ctrl K');
    expect(keyWords('Mod+k', true)).toBe('⌘ K');
    expect(keyWords('n', true)).toBe('n');
  });
});
