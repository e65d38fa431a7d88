import type { Socket } from 'node:net'

/** More than the head of any request; what comes beyond it is read and forgotten. */
const mostBytes = 64 * 1024

/** Hears what a client says, from now on until its socket closes. */
export class ClientEar {
  heard: Buffer
  /** The client says no more. */
  hasEnded = false
  #wake: (() => void) | undefined

  constructor(socket: Socket, received: Buffer) {
    this.heard = received
    const end = () => {
      this.hasEnded = true
      this.#wake?.()
    }
    socket.on('data', (chunk: Buffer) => {
      if (this.heard.length < mostBytes) this.heard = Buffer.concat([this.heard, chunk])
      this.#wake?.()
    })
    socket.on('end', end).on('close', end).on('error', end)
    if (socket.readableEnded || socket.destroyed) this.hasEnded = true
    socket.resume()
  }

  /** Resolves with true when there is something new, false when nothing comes until `deadline` (performance.now). */
  async more(deadline: number): Promise<boolean> {
    const left = deadline - performance.now()
    if (this.hasEnded || left <= 0) return false
    const before = this.heard.length
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, left)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = undefined
    return this.heard.length > before || this.hasEnded
  }

  use(bytes: number): void {
    this.heard = this.heard.subarray(bytes)
  }
}
