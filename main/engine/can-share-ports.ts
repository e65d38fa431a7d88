import { createServer, type AddressInfo, type Server } from 'node:net'

/**
 * Whether several threads can listen on one port so that the system spreads connections over them: Linux and some
 * BSDs, on Node 23.1 and newer. It is tried out, since an older Node takes the option and does nothing with it.
 */
export async function canSharePorts(): Promise<boolean> {
  const [first, second] = [createServer(), createServer()]
  try {
    const port = await listenShared(first, 0)
    await listenShared(second, port)
    return true
  } catch {
    return false
  } finally {
    if (first.listening) first.close()
    if (second.listening) second.close()
  }
}

function listenShared(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    // Not through "cluster", whose workers share ports in a way of their own.
    server.listen({ host: '127.0.0.1', port, reusePort: true, exclusive: true }, () => {
      resolve((server.address() as AddressInfo).port)
    })
  })
}
