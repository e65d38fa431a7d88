import { setImmediate as immediate, setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { resetSocket } from '../../../main/engine/close.ts'
import { lingerAndEnd } from '../../../main/engine/linger.ts'
import { managed } from '../../support/managed.ts'
import { connectTo, type Peer } from '../../support/peer.ts'
import { makeRig } from '../../support/rig.ts'
import { startTcpServer } from '../../support/tcp-server.ts'
import { until } from '../../support/until.ts'

/** More than the system takes: the rest waits in this process. */
const bytes = 16_000_000
/** More than anybody lingers after the last byte. */
const longMs = 2500

/** A connection whose client reads nothing yet. */
async function connection() {
  const server = await managed(startTcpServer())
  const client = await managed(connectTo({ host: '127.0.0.1', port: server.port, reading: false }))
  const { socket } = await server.nextPeer()
  return { client, socket }
}

const readAll = async (client: Peer) => {
  client.startReading()
  const ending = await client.ending
  return { ending, receivedBytes: client.receivedBytes }
}

describe('a client that stops reading for a while', () => {
  it('gets the last bytes, too', async () => {
    const { client, socket } = await connection()
    socket.write(Buffer.alloc(bytes))
    const isOver = lingerAndEnd(socket).then(() => socket.destroy())
    await pause(longMs)
    expect(await readAll(client)).toEqual({ ending: 'end', receivedBytes: bytes })
    await isOver
  })

  it('is reset where it was given a time, and that is over', async () => {
    const { client, socket } = await connection()
    const last = Buffer.alloc(bytes)
    await lingerAndEnd(socket, { last, flushMs: 100 })
    const { ending, receivedBytes } = await readAll(client)
    expect(ending).toBe('ECONNRESET')
    expect(receivedBytes).toBeLessThan(bytes)
  })

  it('sees a reset where somebody ends it before', async () => {
    const { client, socket } = await connection()
    socket.write(Buffer.alloc(bytes))
    const isOver = lingerAndEnd(socket)
    resetSocket(socket)
    await isOver
    expect((await readAll(client)).ending).toBe('ECONNRESET')
  })
})

describe('a client of an HTTP proxy that stops reading', () => {
  const head = 'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n'

  /**
   * Asks for a body up to the end of its connection, and reads nothing. The server sends a piece when the engine has taken
   * the one before, and ends where that stops: of the last ones that were taken, a part waits in this process.
   */
  async function ask(body: number, rule: { readonly idleTimeoutMs?: number } = {}) {
    const server = await managed(startTcpServer())
    const { engine } = await makeRig({ to: { kind: 'proxy' }, rule })
    const client = await managed(connectTo({ host: '127.0.0.1', port: await engine.port(), reading: false }))
    await client.write(`GET http://127.0.0.1:${server.port}/ HTTP/1.1\r\n\r\n`)
    const peer = await server.nextPeer()
    const passed = async () => (await engine.engine.connections())[0]?.bytesDown ?? 0
    await peer.write(head)
    await until('the head was passed on', async () => (await passed()) > 0)
    let sent = 0
    for (let isTaken = true; isTaken && sent < body;) {
      const [piece, before, at] = [Math.min(8192, body - sent), await passed(), Date.now()]
      await peer.write(Buffer.alloc(piece))
      sent += piece
      while ((await passed()) === before && Date.now() - at < 300) await immediate()
      isTaken = (await passed()) > before
    }
    peer.end()
    return { engine, client, sent }
  }

  const most = 100_000_000

  it('gets the whole answer once it reads on', async () => {
    const { engine, client, sent } = await ask((await ask(most)).sent - 40_000)
    await pause(longMs)
    const { ending, receivedBytes } = await readAll(client)
    expect(ending).toBe('end')
    expect(client.received.indexOf('\r\n\r\n') + 4 + sent).toBe(receivedBytes)
    client.end()
    expect((await engine.closedConnection()).closeReason).toEqual({ by: 'target', how: 'end' })
  })

  it('is reset when the idle time-out of the rule is over', async () => {
    const { engine, client } = await ask((await ask(most)).sent - 40_000, { idleTimeoutMs: 700 })
    expect(await engine.failure()).toMatchObject({ code: 'timeout', stage: 'relay', afterMs: 700 })
    expect((await readAll(client)).ending).toBe('ECONNRESET')
  })

  it('gets the answer also where it has sent more than was asked for', async () => {
    const server = await managed(startTcpServer())
    const { engine } = await makeRig({ to: { kind: 'proxy' } })
    const client = await managed(connectTo({ host: '127.0.0.1', port: await engine.port(), reading: false }))
    await client.write(`GET http://127.0.0.1:${server.port}/ HTTP/1.1\r\n\r\n`)
    const peer = await server.nextPeer()
    peer.end(head + 'the answer')
    await client.write(Buffer.alloc(bytes))
    await engine.closedConnection()
    expect((await readAll(client)).ending).toBe('end')
    expect(client.received.toString()).toMatch(/the answer$/)
  })
})
