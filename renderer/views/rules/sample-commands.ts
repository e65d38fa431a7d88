import type { Endpoint, ListenAddress } from '../../../shared/model/address.ts'
import type { Destination } from '../../../shared/model/destination.ts'

/** Lines to try a rule with, the most fitting one first. */
export function sampleCommands(listen: ListenAddress, destination: Destination): readonly string[] {
  if (destination.kind === 'fixed' || destination.kind === 'range') {
    return listen.kind === 'unix' ? viaSocket(listen.path, destination) : viaTcp(listen, destination)
  }
  return listen.kind === 'tcp' ? toFound(listen, destination) : []
}

/** For destinations that are found in the traffic: any that the rule allows. */
function toFound(listen: Tcp, destination: Extract<Destination, { allowed: unknown }>): readonly string[] {
  const here = `${bracketed(reachable(listen))}:${listen.port}`
  const [first] = destination.allowed
  const name = first === undefined || first.includes('/') ? 'example.com' : first.replace('*', 'www')
  switch (destination.kind) {
    case 'sniff':
      return ['https', 'http'].map(
        (scheme) => `curl --connect-to ${quoted(`::${here}`)} ${scheme}://${name}/`,
      )
    case 'proxy':
      return destination.protocols.map((protocol) =>
        protocol === 'socks'
          ? `curl --socks5-hostname ${quoted(here)} https://${name}/`
          : `curl --proxy ${quoted(`http://${here}`)} https://${name}/`,
      )
    case 'header':
      return []
  }
}

type Tcp = Extract<ListenAddress, { kind: 'tcp' }>

/** Where a client on this machine connects to. */
function reachable({ host }: Tcp): string {
  return onThisMachine[host] ?? host
}

// Hosts are canonical here, so this file does without the parser of addresses, which is large.

/** For those that stand for every address of this machine. */
const onThisMachine: Readonly<Partial<Record<string, string>>> = { '0.0.0.0': '127.0.0.1', '::': '::1' }

const bracketed = (host: string) => (host.includes(':') ? `[${host}]` : host)
const isAddress = (host: string) => host.includes(':') || /^[\d.]+$/.test(host)

function viaTcp(listen: Tcp, { host, port }: Endpoint): readonly string[] {
  const here = reachable(listen)
  const at = listen.port
  const lines: Readonly<Record<number, string>> = {
    22: `ssh -p ${at} -o HostKeyAlias=${host} ${here}`,
    25: `openssl s_client -starttls smtp -connect ${bracketed(here)}:${at}`,
    993: `openssl s_client -connect ${bracketed(here)}:${at} -servername ${host}`,
    1433: `sqlcmd -S tcp:${here},${at}`,
    3306: `mysql --protocol=TCP -h ${here} -P ${at}`,
    3389: `mstsc /v:${bracketed(here)}:${at}`,
    5432: `psql -h ${here} -p ${at}`,
    5900: `vncviewer ${bracketed(here)}::${at}`,
    6379: `redis-cli -h ${here} -p ${at}`,
    9418: `git ls-remote git://${bracketed(here)}:${at}/project.git`,
    27017: `mongosh mongodb://${bracketed(here)}:${at}/`,
  }
  const known = lines[port]
  // Without a name and a certificate there is nothing that the plain address would get wrong.
  const isPlain = isAddress(host) && !tlsPorts.includes(port)
  const curl = isPlain
    ? `curl ${quoted(`http://${bracketed(here)}:${at}/`)}`
    : `curl ${connectTo(here, at, host, port)} ${url(host, port)}`
  if (known !== undefined) return [known]
  return isWeb(port) ? [curl] : [curl, `nc ${here} ${at}`]
}

/** Keeps the real name in the URL, so that Host header and certificate are those of the destination. */
function connectTo(here: string, at: number, host: string, port: number): string {
  return `--connect-to ${quoted(`${bracketed(host)}:${port}:${bracketed(here)}:${at}`)}`
}

function viaSocket(path: string, { host, port }: Endpoint): readonly string[] {
  const socket = quoted(path)
  const curl = `curl --unix-socket ${socket} ${url(host, port)}`
  return isWeb(port) ? [curl] : [`nc -U ${socket}`, curl]
}

const tlsPorts: readonly number[] = [443, 4443, 6443, 8443, 9443]
const webPorts: readonly number[] = [80, 3000, 5000, 8000, 8080, 8081, 8888, 9000, 9090, ...tlsPorts]

function isWeb(port: number): boolean {
  return webPorts.includes(port)
}

function url(host: string, port: number): string {
  const isTls = tlsPorts.includes(port)
  const usual = port === (isTls ? 443 : 80)
  return quoted(`${isTls ? 'https' : 'http'}://${bracketed(host)}${usual ? '' : `:${port}`}/`)
}

/** Quoted where a shell would take it apart; brackets are patterns to zsh. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
