/** An IPv4 peer of an IPv6 socket, as the IPv4 address that it is (RFC 4291 section 2.5.5.2). */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}
