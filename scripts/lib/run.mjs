import { spawn } from 'node:child_process'
import { root } from './paths.mjs'

/**
 * @typedef {object} RunOptions
 * @property {'inherit' | 'capture' | 'stderr'} [output] Where the program writes: where we write, into the result, or to our stderr.
 * @property {Record<string, string>} [env] Added to our environment.
 * @property {number} [timeoutMs] After this time it is ended.
 * @property {boolean} [shell] Windows starts npm through a shell only.
 */

/**
 * Runs a program in the root folder to its end. Signals that reach us are passed on to it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} Its exit code, 128 + n after signal n; 127 where it could not be started.
 */
export function run(command, args, { output = 'inherit', env = {}, timeoutMs, shell = false } = {}) {
  const child = spawn(command, args, {
    cwd: root,
    shell,
    timeout: timeoutMs,
    env: { ...environment(), ...env },
    stdio: ['ignore', ...streams(output)],
  })
  const passOn = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal)
  for (const signal of signals) process.on(signal, passOn)
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk) => (text += chunk))
  }
  return new Promise((resolve) => {
    const end = (/** @type {number} */ code) => {
      for (const signal of signals) process.off(signal, passOn)
      resolve({ code, output: text })
    }
    child.on('error', (error) => {
      text += error.message
      if (output !== 'capture') console.error(error.message)
      end(127)
    })
    child.on('close', (code, signal) => end(code ?? 128 + (numbers[signal ?? ''] ?? 0)))
  })
}

/** @type {readonly NodeJS.Signals[]} */
const signals = ['SIGINT', 'SIGTERM']
/** @type {Readonly<Record<string, number>>} */
const numbers = { SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }

/** @param {'inherit' | 'capture' | 'stderr'} output @returns {('inherit' | 'pipe' | number)[]} */
function streams(output) {
  if (output === 'capture') return ['pipe', 'pipe']
  return output === 'stderr' ? [2, 2] : ['inherit', 'inherit']
}

/** Our environment without the next hop's password, which is nobody else's business. */
function environment() {
  const env = { ...process.env }
  delete env.NEXTHOP_PASSWORD
  return env
}
