import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What marks the place of the fuses in Electron's program; see @electron/fuses. */
export const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

const fuseCount = 9

/** Writes what electron-builder takes for an Electron distribution for Linux; its program has fuses and does nothing. */
export async function writeElectronDistribution(folder: string): Promise<void> {
  await mkdir(join(folder, 'resources'), { recursive: true })
  await mkdir(join(folder, 'locales'))
  // Version 1 of the fuses' wire: how many, then the state of each as a digit.
  const wire = Buffer.concat([
    Buffer.from(fuseSentinel),
    Buffer.from([1, fuseCount]),
    Buffer.from('1'.repeat(fuseCount)),
  ])
  const program = Buffer.concat([Buffer.from('#!/bin/sh\nexit 0\n'), wire, Buffer.from('\n')])
  await writeFile(join(folder, 'electron'), program)
  await chmod(join(folder, 'electron'), 0o755)
  await writeFile(join(folder, 'chrome-sandbox'), '')
  await writeFile(join(folder, 'version'), '45.4.1')
  await writeFile(join(folder, 'LICENSE'), 'MIT')
  await writeFile(join(folder, 'LICENSES.chromium.html'), '<p>none</p>')
  for (const name of ['en-US', 'de', 'fr']) await writeFile(join(folder, 'locales', `${name}.pak`), '')
}
