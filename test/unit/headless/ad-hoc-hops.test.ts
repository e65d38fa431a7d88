import { expect, it } from 'vitest'
import { hopsFromUrls } from '../../../main/headless/ad-hoc-hops.ts'
import { check } from '../../../main/headless/commands/check.ts'
import { parseArguments } from '../../../main/headless/parse-arguments.ts'

function hops(args: readonly string[]) {
  const given = parseArguments(check, args)
  return hopsFromUrls(given.operands, given, {})
}

const passwordFile = ['--password-file', '/nowhere/password']
const noTls = (option: string) =>
  `${option} is for TLS to the next hop, and none here has TLS: write https:// or socks5h+tls:// in its URL`

it.each([
  [['http://b', ...passwordFile], 'is of no use: give --user NAME, or put the user into the URL'],
  [['socks5h://b', ...passwordFile], 'is of no use: give --user NAME, or put the user into the URL'],
  [['http://ann:pw@b', ...passwordFile], 'the URL has a password already: leave one of the two out'],
  [['socks4://ann@b', ...passwordFile], 'no next hop here takes a password: only SOCKS5 and HTTP do'],
  [['http://b', '--insecure'], noTls('--insecure')],
  [['http://b', '--ca-file', '/nowhere/ca'], noTls('--ca-file')],
  [['socks5h://b', '--server-name', 'proxy.example'], noTls('--server-name')],
])('refuses options that the hop has no use for: %j', (args, message) => {
  expect(() => hops(args)).toThrow(message)
})

it('takes the options of TLS where the hop has it', () => {
  expect(hops(['https://b', '--insecure', '--server-name', 'proxy.example'])[0]?.tls).toEqual({
    verify: false,
    serverName: 'proxy.example',
  })
})
