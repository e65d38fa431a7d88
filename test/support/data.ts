import { createCipheriv, createHash } from 'node:crypto'

// Test data that shows every lost, doubled or swapped byte: reproducible noise.

const chunkBytes = 256 * 1024

/** Reproducible noise in chunks; the same seed gives the same bytes. */
export function* noise(bytes: number, seed = 0): Generator<Buffer, void> {
  const key = createHash('md5').update(`noise ${seed}`).digest()
  const cipher = createCipheriv('aes-128-ctr', key, Buffer.alloc(16))
  const zeros = Buffer.alloc(chunkBytes)
  for (let left = bytes; left > 0; left -= chunkBytes) {
    yield cipher.update(left < chunkBytes ? zeros.subarray(0, left) : zeros)
  }
}

export function noiseBuffer(bytes: number, seed = 0): Buffer {
  return Buffer.concat([...noise(bytes, seed)])
}

export function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

/** The hash of what `noise` gives. */
export function noiseSha256(bytes: number, seed = 0): string {
  const hash = createHash('sha256')
  for (const chunk of noise(bytes, seed)) hash.update(chunk)
  return hash.digest('hex')
}
