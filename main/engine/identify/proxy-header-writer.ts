import ipaddr from 'ipaddr.js'
import { families, familyOf, proxySignature, type ProxyAddress, type ProxyHeader } from './proxy-header.ts'

/**
 * A PROXY protocol header for what comes next on a connection. Addresses that are missing, or of two families, can't be
 * told: UNKNOWN in version 1, the family UNSPEC in version 2.
 */
export function writeProxyHeader({ version, addresses }: ProxyHeader): Buffer {
  const family = addresses && familyOf(addresses)
  if (!addresses || !family)
    return version === 1 ? Buffer.from('PROXY UNKNOWN\r\n') : version2(0, Buffer.alloc(0))
  const { source, destination } = addresses
  if (version === 1) {
    const fields = [family.toUpperCase(), source.host, destination.host, source.port, destination.port]
    return Buffer.from(`PROXY ${fields.join(' ')}\r\n`)
  }
  const body = [address(source), address(destination), port(source), port(destination)]
  return version2(families[family], Buffer.concat(body))
}

function version2(family: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt8(0x21, 0)
  head.writeUInt8(family, 1)
  head.writeUInt16BE(body.length, 2)
  return Buffer.concat([proxySignature, head, body])
}

function address({ host }: ProxyAddress): Buffer {
  return Buffer.from(ipaddr.parse(host).toByteArray())
}

function port({ port: number }: ProxyAddress): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(number)
  return bytes
}
