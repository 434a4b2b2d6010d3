/** Counted calls by eventID, so that those of several workers can be merged without counting one twice. */
const counted = new Map();

onmessage = async ({ data: { question, port } }) => {
  try {
    port.postMessage({ answer: question === 'finish' ? counted : await read(question) });
  } catch (error) {
    port.postMessage({ error: String(error) });
  }
};

async function read(blob) {
  let rest = '';
  let isLines = false;
  for await (const text of gunzip(blob)) {
    rest += text;
    isLines ||= rest.startsWith('{"eventVersion"');
    if (isLines) rest = countLines(rest);
  }
  if (!isLines) JSON.parse(rest).Records.forEach(count);
}

/** By hand, a chunk at a time: three times as fast as `new Response(stream).json()`. */
async function* gunzip(blob) {
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  const written = write(blob, writer);
  const decoder = new TextDecoder();
  const reader = readable.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    yield decoder.decode(chunk.value, { stream: true });
  }
  await written;
}

const SLICE = 16 << 20;

async function write(blob, writer) {
  for (let at = 0; at < blob.size; at += SLICE) {
    await writer.write(await blob.slice(at, at + SLICE).arrayBuffer());
  }
  await writer.close();
}

function countLines(text) {
  const lines = text.split('\n');
  const rest = lines.pop();
  for (const line of lines) count(JSON.parse(line));
  return rest;
}

function count(record) {
  const { errorCode = '', readOnly } = record;
  if (!record.managementEvent || (readOnly && errorCode === '')) return;
  const { recipientAccountId, awsRegion, eventSource, eventName } = record;
  const minute = `${record.eventTime.slice(0, 16)}:00Z`;
  counted.set(
    record.eventID,
    [minute, recipientAccountId, awsRegion, eventSource, eventName, errorCode, readOnly].join(','),
  );
}
