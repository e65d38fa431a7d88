import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { cliNode } from '../support/cli.ts'
import { managed } from '../support/managed.ts'
import { mustRun, startProcess } from '../support/process.ts'
import { makeTempDir } from '../support/temp-dir.ts'
import { describeInOverlayRoot, inOverlayRoot } from '../support/overlay-root.ts'

const folder = inject('headlessPackages')
const file = (pattern: RegExp) => {
  const name = readdirSync(folder).find((entry) => pattern.test(entry))
  if (name === undefined) throw new Error(`nothing in ${folder} is like ${pattern}`)
  return join(folder, name)
}

describe('the npm package', () => {
  let names: string[]
  beforeAll(async () => {
    names = (await mustRun('tar', ['tzf', file(/\.tgz$/)])).trim().split('\n')
  })

  it('has the program, the web UI, the texts for shells and man, and nothing else', () => {
    const known =
      /^package\/(package\.json|README\.md|LICENSE|bin\/(nexthop|require-node)\.mjs|man\/nexthop\.1|completions\/(_nexthop|nexthop\.(bash|fish))|out\/(headless|renderer)\/(licenses\.md|index\.html|([\w-]+\/)?[\w.-]+\.(js|css|svg)))$/
    expect(names.filter((name) => !known.test(name))).toEqual([])
    for (const name of ['out/headless/cli.js', 'out/headless/engine-worker.js', 'out/renderer/index.html']) {
      expect(names).toContain(`package/${name}`)
    }
  })

  it('installs without dependencies, forwards bytes, and goes without a trace', async () => {
    const prefix = await managed(makeTempDir())
    const env = { ...process.env, HOME: prefix.path, PATH: `${dirname(cliNode)}:${process.env['PATH']}` }
    const npm = (...args: string[]) =>
      mustRun('npm', [...args, '--global', '--offline', '--no-audit', '--no-fund', '--prefix', prefix.path], {
        env,
        cwd: prefix.path,
      })
    await npm('install', file(/\.tgz$/))
    expect(readdirSync(prefix.file('lib/node_modules'))).toEqual(['nexthop'])
    expect(readdirSync(prefix.file('lib/node_modules/nexthop'))).not.toContain('node_modules')
    const program = prefix.file('bin/nexthop')
    const running = await managed(
      startProcess(program, ['demo', '--port', '0'], { env, ready: /curl http:\S+/ }),
    )
    const url = /curl (http:\S+)/.exec(running.output())?.[1] ?? ''
    expect(await (await fetch(url)).text()).toMatch(/^It works\./)
    await running.close()
    await npm('uninstall', 'nexthop')
    expect(readdirSync(prefix.file('lib/node_modules')).filter((name) => !name.startsWith('.'))).toEqual([])
    expect(readdirSync(prefix.file('bin'))).toEqual([])
  })
})

/** What a service manager would do with the installed unit, as far as it goes without one. */
const runAsService = `
unit=/usr/lib/systemd/system/nexthop.service
line() { sed -n "s/^$1=//p" $unit | sed 's|%S|/var/lib|g'; }
as_user="setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs"
wait_for() { n=0; until grep -q "$1" "$2"; do n=$((n + 1)); [ $n -lt 300 ] || { cat "$2"; exit 1; }; sleep 0.1; done; }
mkdir -m 700 /var/lib/nexthop
chown 65534:65534 /var/lib/nexthop
eval "$as_user $(line ExecStartPre | sed 's/\\\\\\\\/\\\\/g')"
eval "exec $as_user $(line ExecStart)" > /tmp/service.log 2>&1 &
pid=$!
wait_for '^web http' /tmp/service.log
/usr/bin/nexthop demo --port 0 > /tmp/demo.log 2>/tmp/demo.err &
demo=$!
wait_for 'curl http' /tmp/demo.log
page=$(sed -n 's/.* --target 127.0.0.1:\\([0-9]*\\)$/\\1/p' /tmp/demo.log)
cat > /var/lib/nexthop/config.json <<END
{"version": 1, "rules": [{"id": "r", "name": "page", "listen": {"kind": "tcp", "host": "127.0.0.1", "port": 0},
"destination": {"kind": "fixed", "host": "127.0.0.1", "port": $page}, "route": {"kind": "direct"}}]}
END
MAINPID=$pid; eval "$(line ExecReload)"
wait_for '^listening' /tmp/service.log
echo "service: $(curl -s "http://$(sed -n 's/^listening \\(\\S*\\) .*/\\1/p' /tmp/service.log)/")"
kill $demo; wait $demo
kill $pid; wait $pid && echo "service: ended in peace"
`

await describeInOverlayRoot(
  ['dpkg', 'setpriv', 'curl', 'systemd-analyze'],
  'the deb with its own Node',
  () => {
    it('installs, serves as its unit says, and leaves only the config, which a purge takes away', async () => {
      const { output, left } = await inOverlayRoot(
        `
# The package brings its own.
rm -f $(which -a node)
dpkg --install /tmp/*.deb
nexthop --version
systemd-analyze verify /usr/lib/systemd/system/nexthop.service 2>&1 | grep -v "man nexthop" | sed 's/^/verify: /'
systemd-analyze security --offline=true --threshold=20 nexthop.service | sed -n 's/^.*Overall/Overall/p'
systemctl enable nexthop.service
${runAsService}
dpkg --remove nexthop
echo "kept: $(cd /var/lib/nexthop; ls)"
echo "gone: $(ls -d /usr/lib/nexthop /usr/bin/nexthop /etc/systemd/system/*/nexthop.service 2>/dev/null || true)"
dpkg --purge nexthop`,
        [file(/_(amd64|arm64)\.deb$/)],
      )
      expect(output).toContain('service: It works.')
      expect(output).toContain('service: ended in peace')
      expect(output).not.toContain('verify:')
      expect(output).toMatch(/Overall exposure level for nexthop.service: 1\.\d OK/)
      expect(output).toMatch(/^kept: config\.json$/m)
      expect(output).toMatch(/^gone: $/m)
      expect(left).toEqual([])
    })
  },
)

describe('the deb for the system’s Node', () => {
  it('says which Node it needs', async () => {
    const control = await mustRun('dpkg-deb', ['--field', file(/_all\.deb$/), 'Depends'])
    expect(control.trim()).toBe('nodejs (>= 20.19)')
  })
})
