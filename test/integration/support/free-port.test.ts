import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { managed } from '../../support/managed.ts'
import { freePort, startTcpServer } from '../../support/tcp-server.ts'

it('gives ports that nobody has, one behind the other', async () => {
  const first = await freePort('127.0.0.1', 3)
  for (const offset of [0, 1, 2]) {
    const server = await managed(startTcpServer(undefined, { port: first + offset }))
    expect(server.port).toBe(first + offset)
  }
})

it('gives none that the system may give to a connection', async ({ skip }) => {
  skip(process.platform !== 'linux', 'other systems do not tell their range')
  const range = await readFile('/proc/sys/net/ipv4/ip_local_port_range', 'utf8')
  const begin = Number(range.split(/\s/)[0])
  skip(begin < 12_000, 'here the system gives away nearly all ports')
  for (let count = 0; count < 50; count += 1) expect(await freePort()).toBeLessThan(begin)
})
