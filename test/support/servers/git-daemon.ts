import { writeFile } from 'node:fs/promises'
import { noiseBuffer } from '../data.ts'
import { mustRun, startProcess } from '../process.ts'
import { freePort } from '../tcp-server.ts'
import { makeTempDir } from '../temp-dir.ts'
import { tool } from '../tools.ts'

export interface GitDaemon {
  readonly port: number
  /** The commit that a clone of `/repository` must end at. */
  readonly head: string
  close(): Promise<void>
}

/** What keeps a user's own settings and prompts out of git. */
export const gitEnvironment = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
}

/** `git daemon` with one repository of a few megabytes that don't compress. */
export async function startGitDaemon(): Promise<GitDaemon> {
  const folder = await makeTempDir()
  const cwd = folder.file('repository')
  const identity = ['-c', 'user.name=Tester', '-c', 'user.email=tester@example.com']
  const git = (...args: string[]) =>
    mustRun(tool('git'), [...identity, ...args], { cwd, env: gitEnvironment })
  await mustRun(tool('git'), ['init', '-q', '-b', 'main', cwd], { env: gitEnvironment })
  for (const round of [1, 2, 3]) {
    await writeFile(folder.file(`repository/noise-${round}.bin`), noiseBuffer(2_000_000, round))
    await git('add', '.')
    await git('commit', '-q', '-m', `Round ${round}`)
  }
  const head = (await git('rev-parse', 'HEAD')).trim()
  const port = await freePort()
  const options = [
    '--listen=127.0.0.1',
    `--port=${port}`,
    '--reuseaddr',
    '--export-all',
    `--base-path=${folder.path}`,
  ]
  const running = await startProcess(tool('git'), ['daemon', ...options, folder.path], {
    env: gitEnvironment,
    ready: port,
  })
  return {
    port,
    head,
    async close() {
      await running.close()
      await folder.close()
    },
  }
}
