import { execFile } from 'node:child_process'
import { mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const sources = new URL('./native/', import.meta.url).pathname
const flags = ['-O2', '-std=gnu11', '-Wall', '-Wextra', '-Werror']
const tools = {
  sink: ['sink.c', 'socks.c', 'common.c'],
  load: ['load.c', 'throughput.c', 'connections.c', 'latency.c', 'idle.c', 'first.c', 'ping.c', 'common.c'],
}

export interface NativeTools {
  readonly load: string
  readonly sink: string
}

/** Builds the load generator and the sink with the system's C compiler, where their sources are newer. */
export async function buildTools(directory: string): Promise<NativeTools> {
  await mkdir(directory, { recursive: true })
  const changedAt = Math.max(
    ...(await Promise.all((await readdir(sources)).map((name) => mtime(sources, name)))),
  )
  for (const [name, files] of Object.entries(tools)) {
    if ((await mtime(directory, name)) > changedAt) continue
    const output = join(directory, name)
    try {
      await run('cc', [...flags, '-o', output, ...files], { cwd: sources })
    } catch (error) {
      const { code, stderr } = error as { code?: unknown; stderr?: string }
      throw new Error(
        code === 'ENOENT'
          ? 'the benchmark needs a C compiler: install one that is called "cc" (Debian: apt-get install gcc libc6-dev)'
          : `the C compiler failed:\n${stderr}`,
        { cause: error },
      )
    }
  }
  return { load: join(directory, 'load'), sink: join(directory, 'sink') }
}

async function mtime(directory: string, name: string): Promise<number> {
  try {
    return (await stat(join(directory, name))).mtimeMs
  } catch {
    return 0
  }
}
