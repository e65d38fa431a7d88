import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { notFound } from '../../../shared/errors.ts'
import { say } from '../../../shared/told.ts'

interface Surroundings {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Where Wireshark may be, the likeliest first. */
export function wiresharkPlaces({ platform, env }: Surroundings): string[] {
  if (platform === 'darwin') return ['/Applications/Wireshark.app/Contents/MacOS/Wireshark']
  if (platform === 'win32') {
    const folders = [env['ProgramFiles'], env['ProgramFiles(x86)']].filter((folder) => folder !== undefined)
    return folders.map((folder) => `${folder}\\Wireshark\\Wireshark.exe`)
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean)
  return folders.map((folder) => join(folder, 'wireshark'))
}

export function findWireshark(surroundings: Surroundings = process): string | undefined {
  return wiresharkPlaces(surroundings).find(isProgram)
}

/** Whether there is a Wireshark, and a desktop to show it on. */
export function canShowWireshark(surroundings: Surroundings = process): boolean {
  const { platform, env } = surroundings
  const hasDesktop = platform === 'darwin' || platform === 'win32' || env['DISPLAY'] || env['WAYLAND_DISPLAY']
  return Boolean(hasDesktop) && findWireshark(surroundings) !== undefined
}

/** Starts it and lets it go its own way. Rejects where there is none. */
export async function openInWireshark(file: string, surroundings: Surroundings = process): Promise<void> {
  const program = findWireshark(surroundings)
  if (program === undefined) {
    throw notFound(say('Wireshark is not installed here: install it, or take the file to where it is'))
  }
  const child = spawn(program, [file], { detached: true, stdio: 'ignore' })
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', reject)
  })
  child.unref()
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
