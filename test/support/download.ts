import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { tool } from './tools.ts'

/** Downloads with curl; rejects where curl fails. */
export function sha256OfDownload(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const hash = createHash('sha256')
    const curl = spawn(tool('curl'), ['-sS', '--fail', url], { stdio: ['ignore', 'pipe', 'inherit'] })
    curl.stdout.on('data', (chunk: Buffer) => hash.update(chunk))
    curl.once('error', reject)
    curl.once('close', (code) =>
      code === 0 ? resolve(hash.digest('hex')) : reject(new Error(`curl: ${code}`)),
    )
  })
}
