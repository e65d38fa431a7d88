import { isIPv4 } from 'node:net'

/** The 4 or 16 bytes of an IP address in plain form; an interface's name behind "%" is left out. */
export function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number))
  const [plain = ''] = address.split('%')
  // URL gives every IPv6 address the same form, with an embedded IPv4 address in hexadecimal.
  const [head = '', tail] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split('::')
  const before = groups(head)
  const after = groups(tail ?? '')
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => 0)
  const bytes = Buffer.alloc(16)
  ;[...before, ...zeros, ...after].forEach((group, index) => bytes.writeUInt16BE(group, 2 * index))
  return bytes
}

function groups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
}
