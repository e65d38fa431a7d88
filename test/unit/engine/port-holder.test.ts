import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { parseLsof } from '../../../main/engine/port-holder/lsof.ts'
import { parseNetstat, parseTasklist } from '../../../main/engine/port-holder/netstat.ts'
import { findPortHolder } from '../../../main/engine/port-holder/port-holder.ts'
import { listeningInodes } from '../../../main/engine/port-holder/proc.ts'

describe('the holder of a port', () => {
  it('is read from what lsof prints', () => {
    expect(parseLsof('p812\ncpostgres\nf5\n')).toEqual({ pid: 812, name: 'postgres' })
    expect(parseLsof('')).toBeUndefined()
  })

  it('is read from what netstat prints, in any language', () => {
    const output = [
      'Aktive Verbindungen',
      '',
      '  Proto  Lokale Adresse         Remoteadresse          Status           PID',
      '  TCP    0.0.0.0:9102           0.0.0.0:0              ABHÖREN          4711',
      '  TCP    10.0.0.2:9102          10.0.0.9:50123         HERGESTELLT      4711',
      '  TCP    [::]:19102             [::]:0                 ABHÖREN          99',
    ].join('\r\n')
    expect(parseNetstat(output, 9102)).toBe(4711)
    expect(parseNetstat(output, 19102)).toBe(99)
    expect(parseNetstat(output, 102)).toBeUndefined()
  })

  it('gets its name from what tasklist prints', () => {
    expect(parseTasklist('"nginx.exe","4711","Services","0","9.000 K"\r\n')).toBe('nginx.exe')
    expect(parseTasklist('INFO: No tasks are running')).toBeUndefined()
  })

  it('is found through the listening sockets of /proc/net/tcp', () => {
    const table = [
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      '   0: 0100007F:238E 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 55501 1',
      '   1: 0100007F:238E 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 55502 1',
      '   2: 0100007F:138E 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 55503 1',
    ].join('\n')
    expect(listeningInodes(table, 9102)).toEqual(['55501'])
    expect(listeningInodes(table, 80)).toEqual([])
  })

  it.runIf(process.platform === 'linux')('is this process where it listens itself', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    expect(await findPortHolder(port)).toEqual({ pid: process.pid, name: 'this Nexthop' })
    server.close()
    await once(server, 'close')
    expect(await findPortHolder(port)).toBeUndefined()
  })
})
