import { mustRun } from './process.ts'
import { tool } from './tools.ts'

// Wireshark's own reading of a capture file, with the validation of checksums switched on.

const strict = [
  ...['ip', 'tcp'].flatMap((name) => ['-o', `${name}.check_checksum:TRUE`]),
  ...['-o', 'tcp.desegment_tcp_streams:TRUE'],
]

/** One row per packet that the display filter lets pass, with the given fields. */
export async function tsharkFields(
  file: string,
  fields: readonly string[],
  filter = 'tcp',
  more: readonly string[] = [],
): Promise<string[][]> {
  const wanted = fields.flatMap((field) => ['-e', field])
  const output = await mustRun(
    tool('tshark'),
    ['-r', file, ...strict, ...more, '-Y', filter, '-T', 'fields', '-E', 'separator=\t', ...wanted],
    { timeoutMs: 240_000 },
  )
  return output
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\t'))
}

/** Packets that are broken in some way, in words; none in a good capture. */
export async function tsharkComplaints(file: string, more: readonly string[] = []): Promise<string[]> {
  const wrong = [
    '_ws.malformed',
    'ip.checksum.status == "Bad"',
    'tcp.checksum.status == "Bad"',
    'tcp.analysis.lost_segment',
    'tcp.analysis.ack_lost_segment',
    'tcp.analysis.retransmission',
    'tcp.analysis.out_of_order',
    'tcp.analysis.duplicate_ack',
    'tcp.analysis.window_full',
    'tcp.analysis.zero_window',
  ]
  const rows = await tsharkFields(file, ['frame.number', '_ws.col.Info'], wrong.join(' || '), more)
  return rows.map((row) => row.join(' '))
}

/** What one stream carried, each direction on its own, as Wireshark puts it together. */
export async function followStream(
  file: string,
  stream: number,
): Promise<{ readonly fromOpener: Buffer; readonly fromAcceptor: Buffer }> {
  const output = await mustRun(tool('tshark'), ['-r', file, '-q', '-z', `follow,tcp,raw,${stream}`], {
    timeoutMs: 240_000,
  })
  // After the head, one line of hexadecimal per piece; those of the second node stand after a tab.
  const lines = output.split('\n').filter((line) => /^\t?[0-9a-f]+$/.test(line))
  const side = (isSecond: boolean) =>
    Buffer.concat(
      lines
        .filter((line) => line.startsWith('\t') === isSecond)
        .map((line) => Buffer.from(line.trim(), 'hex')),
    )
  return { fromOpener: side(false), fromAcceptor: side(true) }
}
