import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { makeConfig, makeHop, makeRule } from '../../support/config.ts'
import { startEngine } from '../../support/engine.ts'
import { managed } from '../../support/managed.ts'
import { Peer } from '../../support/peer.ts'
import { startListening, startTcpServer } from '../../support/tcp-server.ts'

it('the death of a hop is told, where its name leads to a second one as well', async () => {
  // The first proxy: at one address of the name alone. It grants, passes on a part of the answer, and is killed.
  const first = createServer({ allowHalfOpen: true }, (socket) => {
    const peer = new Peer(socket)
    void (async () => {
      await peer.take(3)
      await peer.write(Buffer.from([5, 0]))
      await peer.take(10)
      await peer.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
      await peer.take(1)
      first.close()
      peer.end('part of an ans')
    })()
  })
  const port = await startListening(first, { host: '::1' })
  const target = await managed(startTcpServer())
  const hops = [makeHop({ host: 'localhost', port })]
  const engine = await managed(startEngine(makeConfig({ hops, rules: [makeRule({ to: target.port })] })))
  const client = await engine.connect()
  // The second one, at the other address.
  const greet = ({ socket }: Peer) => void socket.on('data', () => socket.write(Buffer.from([5, 0])))
  await managed(startTcpServer(greet, { port }))
  await client.write('?')
  expect(await client.ending).toBe('ECONNRESET')
})
