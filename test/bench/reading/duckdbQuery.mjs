import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** Runs one query in the folder that holds DuckDB and prints what it took; writes the rows where a path is given. */
const [query, csv] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${process.cwd()}/`));
const { DuckDBInstance } = await import(pathToFileURL(require.resolve('@duckdb/node-api')).href);

const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();
const cpuBefore = process.cpuUsage();
const start = performance.now();
const rows = (await connection.runAndReadAll(query)).getRows();
const wallMs = performance.now() - start;
const { user, system } = process.cpuUsage(cpuBefore);
if (csv) writeFileSync(csv, rows.map((row) => row.join(',')).join('\n'));
console.log(JSON.stringify({ wallMs, cpuMs: (user + system) / 1000 }));
