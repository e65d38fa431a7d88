import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe } from 'vitest'
import { mustRun, run } from './process.ts'
import { makeTempDir } from './temp-dir.ts'
import { missingTools } from './tools.ts'

// This system's files under a layer that takes all changes, in a mount namespace of its own: packages are installed for
// real, nothing of it reaches the system, and afterwards the layer tells what was left behind.

const repository = fileURLToPath(new URL('../..', import.meta.url))

export interface OverlayRun {
  readonly output: string
  /** What the script added or changed and did not take away again, but for dpkg's own records and logs. */
  readonly left: readonly string[]
}

/** What every package leaves: databases, logs and caches of the system. */
const ofTheSystem =
  /^(tmp|var\/lib\/(dpkg|rpm|systemd)|usr\/lib\/sysimage|var\/log|var\/cache|run|root)\/|\/(mimeinfo\.cache|icon-theme\.cache)$|^usr\/share\/mime\/|^usr\/share\/applications\/mimeinfo|^etc\/(ld\.so\.cache)$/

/** Runs a shell script as root in such a root, where this repository is hidden; `files` go into its /tmp. */
export async function inOverlayRoot(script: string, files: readonly string[]): Promise<OverlayRun> {
  const folder = await makeTempDir()
  try {
    await writeFile(folder.file('inside'), `set -e\n${script}\n`)
    await mkdir(folder.file('layer'))
    await writeFile(folder.file('outside'), outside)
    const { code, stdout, stderr } = await run(
      'unshare',
      ['--mount', 'sh', '-e', folder.file('outside'), folder.path, repository, ...files],
      {
        env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8', HOME: '/root' },
        timeoutMs: 240_000,
      },
    )
    if (code !== 0) throw new Error(`the script ended with ${code}:\n${stdout}\n${stderr}`)
    const [output = '', list = ''] = stdout.split('=== LEFT ===\n')
    const left = list.split('\n').filter((path) => path !== '' && !ofTheSystem.test(path))
    return { output: `${output}\n${stderr}`, left }
  } finally {
    await folder.close()
  }
}

// The layer is a file system of its own, because one overlay can not be the layer of another.
const outside = `
folder=$1 repository=$2
shift 2
mount -t tmpfs layer "$folder/layer"
cd "$folder/layer"
mkdir upper work root
mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work root
for system in proc sys dev; do mount --rbind "/$system" "root/$system"; done
mount -t tmpfs tmp root/tmp
mount -t tmpfs run root/run
[ ! -d "root$repository" ] || mount -t tmpfs hidden "root$repository"
cp "$folder/inside" "$@" root/tmp/
chroot root /bin/sh /tmp/inside
echo '=== LEFT ==='
cd upper
find . -type f -printf '%P\\n' -o -type l -printf '%P\\n' | sort
`

/** A `describe` that is skipped, with the reason in its title, where there can be no such root. */
export async function describeInOverlayRoot(
  tools: readonly string[],
  title: string,
  body: () => void,
): Promise<void> {
  const reason = await whyNot(tools)
  if (reason === undefined) describe(title, body)
  else describe.skip(`${title} (skipped: ${reason})`, body)
}

async function whyNot(tools: readonly string[]): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it needs root on Linux'
  const missing = missingTools(['unshare', 'chroot', ...tools])
  if (missing.length > 0) return `${missing.join(', ')} not installed`
  const folder = await makeTempDir()
  const trial = `mount -t tmpfs layer "$1" && cd "$1" && mkdir upper work root && mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work root`
  try {
    await mustRun('unshare', ['--mount', 'sh', '-ec', trial, 'sh', folder.path])
    return undefined
  } catch {
    return 'overlay file systems can not be mounted here'
  } finally {
    await folder.close()
  }
}
