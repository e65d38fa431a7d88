import { createConnection, createServer, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { describe, expect, it } from 'vitest'
import { ConnectionCapture } from '../../../../main/engine/capture/connection-capture.ts'
import { Recording } from '../../../../main/engine/capture/recording.ts'
import { startListening } from '../../../support/tcp-server.ts'

const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
const hasIpv6 = addresses.some(({ address }) => address === '::1')
const options = { payloadBytes: 100, decodeFriendly: false, program: 'test', secrets: undefined }

/** The client's socket of a connection over IPv6, accepted. */
async function acceptIpv6(): Promise<Socket> {
  const server = createServer()
  const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve))
  const client = createConnection({ host: '::1', port: await startListening(server, { host: '::1' }) })
  const socket = await accepted
  client.destroy()
  server.close()
  return socket
}

describe('the capture of a connection', () => {
  it.runIf(hasIpv6)('keeps to one family where the system tells one end alone', async () => {
    const socket = await acceptIpv6()
    // As the engine does, which asks for this one address at once.
    expect(socket.remoteAddress).toBe('::1')
    socket.destroy()
    const blocks: Buffer[] = []
    const recording = new Recording(
      options,
      (block) => blocks.push(block),
      () => 0,
    )
    new ConnectionCapture(recording, 'test').client(socket, 0)
    const packets = Buffer.concat(blocks)
    const address = (last: number) => Buffer.from([...Array<number>(15).fill(0), last])
    // From ::1 to the address that stands for one that is not known.
    expect(packets.includes(Buffer.concat([address(1), address(0)]))).toBe(true)
    expect(packets.includes(Buffer.from([127, 0, 0, 1]))).toBe(false)
  })
})
