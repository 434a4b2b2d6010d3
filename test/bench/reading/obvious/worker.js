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
  const text = blob
    .stream()
    .pipeThrough(new DecompressionStream('gzip'))
    .pipeThrough(new TextDecoderStream());
  let rest = '';
  let isLines = false;
  for await (const chunk of text) {
    rest += chunk;
    isLines ||= rest.startsWith('{"eventVersion"');
    if (isLines) rest = countLines(rest);
  }
  if (!isLines) JSON.parse(rest).Records.forEach(count);
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
