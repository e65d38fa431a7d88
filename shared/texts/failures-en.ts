import { englishBar, englishCondition } from './bars-en.ts'
import { englishBreaks } from './breaks-en.ts'
import { atStage } from './breaks.ts'
import { englishClues } from './clues-en.ts'
import { describeClue } from './clues.ts'
import type { FailureTexts } from './failure-texts.ts'
import { englishListening, moreFiles } from './listen-failures-en.ts'
import { englishLooks } from './looks-en.ts'
import { englishReasons } from './reasons-en.ts'
import { englishReplies } from './socks-replies-en.ts'
import { describeReply, nameReply } from './socks-replies.ts'

// Keep each sentence free of a full stop, and its first letter small: it may stand after a colon.

export const english: FailureTexts = {
  hop: (hop) => {
    if (!hop) return 'the next hop'
    return hop.name === hop.address
      ? `the next hop ${hop.address}`
      : `the next hop "${hop.name}" (${hop.address})`
  },
  destination: 'the destination',
  reply: (reply) => describeReply(reply, englishReplies),
  replyName: (reply) => nameReply(reply, englishReplies),
  noReply: 'it gave no reason',
  within: (duration) => ` within ${duration}`,
  leftAlone: (duration) => `it is left alone for another ${duration}`,
  waitsAfterFailure: (duration) =>
    `it is left alone for another ${duration}, as its “After final failure wait” says`,
  leftAloneUntilChecked: 'it is left alone until its health check succeeds',
  brokenOff: 'it broke off the connection',
  also: (sentences, more) => `also, ${sentences.join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
  atLeg: (number, of) => `this is leg ${number} of ${of} of the chain`,

  ...englishListening,

  hopOutOnPurpose: ({ hop }) => ({
    what: `${hop} was taken out of use on purpose`,
    advice: 'wait until that is over, or end it',
  }),
  hopRefusedConnection: ({ hop }) => ({
    what: `${hop} refused the connection: nothing listens there`,
    advice: 'check that the proxy runs, and its address and port',
  }),
  hopBrokeOff: ({ hop, failure: { stage } }) => ({
    what: `${hop} broke off the connection ${atStage(englishBreaks.during, stage)}`,
    advice: atStage(englishBreaks.advice, stage),
  }),
  noPathToHop: ({ hop, errno }) => ({
    what: `this machine has no path to ${hop}${errno}`,
    advice: 'check the network, the VPN if one is needed, and the hop’s address',
  }),
  noFileForHop: ({ hop, errno }) => ({
    what: `there can be no more open files and connections, so Nexthop can not connect to ${hop}${errno}`,
    advice: moreFiles,
  }),
  noFileForTarget: ({ target, errno }) => ({
    what: `there can be no more open files and connections, so Nexthop can not connect to ${target}${errno}`,
    advice: moreFiles,
  }),
  hopUnreachable: ({ hop, errno }) => ({
    what: `${hop} can not be reached${errno}`,
    advice: 'check that the proxy runs, and its address and port',
  }),
  hopUnreachableThrough: ({ hop, through, cause }) => ({
    what: `${hop} could not be reached through ${through}${cause}`,
    advice:
      'check that this proxy runs, its address as the one before it sees it, and that that one may connect to it',
  }),
  notSocks: ({ hop, failure }, { what, advice }) => ({
    what: `${hop} does not speak SOCKS${failure.hop?.version ?? ''} there: ${what}`,
    advice,
  }),
  looks: englishLooks,
  notHttp: ({ hop }, { what, advice }) => ({
    what: `${hop} does not answer like an HTTP proxy: ${what}`,
    advice,
  }),
  notTls: ({ hop, errno }) => ({
    what: `${hop} does not speak TLS there${errno}`,
    advice: 'switch off TLS for this hop, or give its TLS port',
  }),
  tlsExpired: ({ hop, errno }) => ({
    what: `the certificate of ${hop} is not valid at this time${errno}`,
    advice: 'check this machine’s clock; if it is right, the proxy needs a new certificate',
  }),
  tlsUnknownIssuer: ({ hop, errno }) => ({
    what: `the certificate of ${hop} was issued by nobody whom this machine trusts${errno}`,
    advice: 'give the hop your organisation’s CA certificate',
  }),
  tlsWrongName: ({ hop, errno }) => ({
    what: `the certificate of ${hop} is for another name${errno}`,
    advice: 'give the hop by the name in its certificate, or that name as its server name',
  }),
  tlsWantsCertificate: ({ hop, errno }) => ({
    what: `${hop} wants a client certificate, which Nexthop does not have${errno}`,
    advice:
      'give a port of the proxy that wants none, or as the hop a program such as stunnel on this machine that has one',
  }),
  tlsFailed: ({ hop, errno }) => ({
    what: `the TLS handshake with ${hop} failed${errno}`,
    advice: 'check the proxy’s own log, and that it takes TLS 1.2 or newer without a client certificate',
  }),
  tlsTimedOut: ({ hop, within }) => ({
    what: `${hop} accepted the connection, but did not complete the TLS handshake${within}`,
    advice: 'check that this port speaks TLS, or raise the handshake time-out',
  }),
  loginMissing: ({ hop }) => ({
    what: `${hop} wants a login`,
    advice: 'give the hop a user and password',
  }),
  loginNotOffered: ({ hop }) => ({
    what: `${hop} accepts none of our ways to log in`,
    advice: 'it may want no login, or one like GSSAPI that Nexthop does not have: ask its administrator',
  }),
  otherLogins: ({ hop, offers }) => ({
    what: `${hop} accepts none of our ways to log in, only ${offers}`,
    advice:
      'give as the hop a helper on this machine that can, such as px or cntlm for NTLM, or have the proxy allow this machine without a login',
  }),
  userIdRefused: ({ hop, reply }) => ({
    what: `${hop} refused the user id: ${reply}`,
    advice: 'check the hop’s user, and that the ident service of this machine tells the proxy the same one',
  }),
  loginRefused: ({ hop }) => ({
    what: `${hop} refused the user or password`,
    advice: 'check the hop’s user and password',
  }),
  passwordUnavailable: ({ hop, failure: { message = 'nothing is there' } }) => ({
    what: `the password of ${hop} is not available: ${message}`,
    advice: 'put that right and start Nexthop again, or give the hop another password',
  }),
  passwordMissing: ({ hop }) => ({
    what: `${hop} refused the user, for whom no password is given`,
    advice: 'give the hop its password',
  }),
  forbiddenByHop: ({ hop, target, reply }) => ({
    what: `${hop} would not connect to ${target}: ${reply}`,
    advice: 'ask the proxy’s administrator to allow it',
  }),
  commandUnknown: ({ hop, target, reply }) => ({
    what: `${hop} would not connect to ${target}: ${reply}`,
    advice: 'use another proxy: this one does not forward TCP',
  }),
  addressKindUnknown: ({ hop, target, reply }) => ({
    what: `${hop} would not connect to ${target}: ${reply}`,
    advice: 'give the destination by name or as IPv4 address',
  }),
  socks4Refused: ({ hop, target, reply }) => ({
    what: `${hop} would not connect to ${target}: ${reply}`,
    advice: 'check the destination, and that the proxy’s rules allow it',
  }),
  hopRefused: ({ hop, target, reply }) => ({
    what: `${hop} would not connect to ${target}: ${reply}`,
    advice: 'check the destination, and the proxy’s own log',
  }),
  targetUnreachable: ({ hop, target, reply }) => ({
    what: `${hop} could not reach ${target}: ${reply}`,
    advice: 'check the destination’s name and address, and that a path leads there',
  }),
  targetUnreachableDirectly: ({ target, errno }) => ({
    what: `${target} can not be reached from this machine${errno}`,
    advice: 'check the destination’s name and address, and that a path leads there',
  }),
  targetRefused: ({ hop, target, replyNumber }) => ({
    what: `${target} refused the connection from ${hop}${replyNumber}`,
    advice: 'check that the service runs there and that the port is right',
  }),
  targetRefusedDirectly: ({ target }) => ({
    what: `${target} refused the connection`,
    advice: 'check that the service runs there and that the port is right',
  }),
  connectTimedOut: ({ hop, within }) => ({
    what: `${hop} did not answer${within}`,
    advice: 'check its address, and whether a firewall drops the packets; or raise the connect time-out',
  }),
  greetingTimedOut: ({ hop, within, failure }) => {
    const protocol = failure.hop?.protocol === 'http' ? 'HTTP' : 'SOCKS'
    return {
      what: `${hop} accepted the connection, but sent no ${protocol} answer${within}`,
      advice: `check that this port speaks ${protocol}, or raise the handshake time-out`,
    }
  },
  loginTimedOut: ({ hop, within }) => ({
    what: `${hop} answered the greeting, but not the login${within}`,
    advice: 'check the proxy’s own log, or raise the handshake time-out',
  }),
  requestTimedOut: ({ hop, target, within }) => ({
    what: `${hop} did not reach ${target}${within}`,
    advice: 'check the destination, or raise the handshake time-out',
  }),
  idleTimedOut: ({ within }) => ({
    what: `nothing was sent either way${within}`,
    advice: 'raise the idle time-out if such pauses are normal',
  }),
  closeTimedOut: ({ within }) => ({
    what: `the connection did not end${within} after a stop was asked for`,
    advice: '',
  }),
  targetTimedOut: ({ target, within }) => ({
    what: `${target} did not answer${within}`,
    advice: 'check the destination, and whether a firewall drops the packets',
  }),
  hopNameNotFound: ({ hop }) => ({
    what: `the name of ${hop} is not known`,
    advice: 'check its spelling, and this machine’s DNS',
  }),
  targetNameNotFound: ({ target }) => ({
    what: `the name of ${target} is not known on this machine`,
    advice: 'check its spelling, and this machine’s DNS',
  }),
  targetNameNotFoundHere: ({ target }) => ({
    what: `the name of ${target} is not known on this machine`,
    advice: 'check its spelling, or let the next hop resolve it (socks5h:// or socks4a://)',
  }),
  hopNameTimedOut: ({ hop, within }) => ({
    what: `the name of ${hop} was not resolved${within}`,
    advice: 'check this machine’s DNS, or give the hop’s address in place of its name',
  }),
  targetNameTimedOut: ({ target, within }) => ({
    what: `the name of ${target} was not resolved on this machine${within}`,
    advice: 'check this machine’s DNS',
  }),
  targetNameTimedOutHere: ({ target, within }) => ({
    what: `the name of ${target} was not resolved on this machine${within}`,
    advice: 'check this machine’s DNS, or let the next hop resolve it (socks5h:// or socks4a://)',
  }),
  identifyTimedOut: ({ within }) => ({
    what: `the client did not say${within} where it wants to go`,
    advice: 'give a default destination if the server is to speak first, or raise the identify time-out',
  }),
  unidentified: ({ failure }, { what, advice }) => ({
    what: failure.clue ? `${what} (${describeClue(failure.clue, englishClues)})` : what,
    advice,
  }),
  reasons: englishReasons,
  notAllowed: ({ target }) => ({
    what: `${target} is not among the allowed destinations`,
    advice: 'add it to them if it should pass',
  }),
  blocked: ({ target, failure: { bar, condition } }) =>
    bar
      ? englishBar(bar)
      : {
          what: `${condition === undefined ? 'a rule' : englishCondition(condition)} blocks ${target}`,
          advice: `change the ${condition === undefined ? 'rule' : 'condition'}’s route if it should pass`,
        },
  loop: ({ target }) => ({
    what: `${target} leads back to Nexthop itself`,
    advice: 'give the address of the proxy or service itself',
  }),
  noIpv6: ({ hop, target, failure }) => ({
    what: `${hop} can not be asked for ${target}: SOCKS${failure.hop?.version} carries no IPv6 addresses`,
    advice: 'use a SOCKS5 hop, or give the destination as name or IPv4 address',
  }),
  badRequest: ({ failure }) => ({ what: failure.message ?? 'the request is not valid', advice: '' }),
  notFound: ({ failure }) => ({ what: failure.message ?? 'it does not exist', advice: '' }),
  conflict: ({ failure }) => ({ what: failure.message ?? 'it contradicts the present state', advice: '' }),
  internal: ({ failure }) => ({
    what: `something went wrong inside Nexthop${failure.message ? `: ${failure.message}` : ''}`,
    advice: 'try again; if it stays, report it with the log',
  }),
}
