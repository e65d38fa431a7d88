import type { LooksLike, Failure, Stage, Unidentified } from '../errors.ts'
import type { HopProtocol } from '../model/next-hop.ts'

/** A failure in words: what happened, at which hop and stage, and what to try. */
export interface Explanation {
  /** One sentence without a full stop. */
  readonly what: string
  /** What to try, one sentence without a full stop; empty where nothing can be advised. */
  readonly advice: string
}

/** The particulars of a failure as words of the language, ready to be put into its sentences. */
export interface Particulars {
  /** The hop with name and address. */
  readonly hop: string
  /** In a chain, the hop before it. */
  readonly through: string
  /** Why the hop before it could not reach it, to be put behind the sentence. */
  readonly cause: string
  /** The destination or listen address. */
  readonly target: string
  /** The hop's SOCKS reply, with its number. */
  readonly reply: string
  /** Its number alone in brackets after a space, or nothing. */
  readonly replyNumber: string
  /** The system's error name in brackets after a space, or nothing. */
  readonly errno: string
  /** The ways to log in that the hop offers, as a list. */
  readonly offers: string
  /** A time that was waited, after a space, or nothing. */
  readonly within: string
  readonly failure: Failure
}

type Text = (particulars: Particulars) => Explanation

/** Why nothing listens, in one language. */
export interface ListenTexts {
  readonly portInUse: Text
  readonly portForbidden: Text
  readonly socketForbidden: Text
  readonly socketFolderMissing: Text
  readonly socketFolderIsFile: Text
  readonly socketFolderReadOnly: Text
  readonly socketPathTaken: Text
  readonly socketUnavailable: Text
  readonly addressUnavailable: Text
  readonly portUnavailable: Text
  readonly tooManyFiles: Text
}

/** Every sentence that a failure can become, in one language. Which one applies is decided in explain-by.ts. */
export interface FailureTexts extends ListenTexts {
  readonly hop: (hop: NonNullable<Failure['hop']> | undefined) => string
  readonly destination: string
  readonly reply: (reply: NonNullable<Failure['reply']>) => string
  /** Its number alone. */
  readonly replyName: (reply: NonNullable<Failure['reply']>) => string
  readonly noReply: string
  readonly within: (duration: string) => string
  readonly leftAlone: (duration: string) => string
  /** After a failure: with the name of the setting that says so, as the window has it. */
  readonly waitsAfterFailure: (duration: string) => string
  readonly leftAloneUntilChecked: string
  readonly brokenOff: string
  /** What other hops said, as sentences. */
  readonly also: (sentences: readonly string[], more: number) => string
  readonly atLeg: (number: number, of: number) => string

  readonly hopOutOnPurpose: Text
  readonly hopRefusedConnection: Text
  readonly hopBrokeOff: Text
  readonly noPathToHop: Text
  readonly noFileForHop: Text
  readonly noFileForTarget: Text
  readonly hopUnreachable: Text
  readonly hopUnreachableThrough: Text
  readonly notSocks: (particulars: Particulars, looks: Explanation) => Explanation
  readonly looks: Looks
  readonly notHttp: (particulars: Particulars, looks: Explanation) => Explanation
  readonly notTls: Text
  readonly tlsExpired: Text
  readonly tlsUnknownIssuer: Text
  readonly tlsWrongName: Text
  readonly tlsWantsCertificate: Text
  readonly tlsFailed: Text
  readonly tlsTimedOut: Text
  readonly loginMissing: Text
  readonly loginNotOffered: Text
  /** The hop tells which logins it takes. */
  readonly otherLogins: Text
  readonly userIdRefused: Text
  readonly loginRefused: Text
  readonly passwordUnavailable: Text
  readonly passwordMissing: Text
  readonly forbiddenByHop: Text
  readonly commandUnknown: Text
  readonly addressKindUnknown: Text
  readonly socks4Refused: Text
  readonly hopRefused: Text
  readonly targetUnreachable: Text
  readonly targetUnreachableDirectly: Text
  readonly targetRefused: Text
  readonly targetRefusedDirectly: Text
  readonly connectTimedOut: Text
  readonly greetingTimedOut: Text
  readonly loginTimedOut: Text
  readonly requestTimedOut: Text
  readonly idleTimedOut: Text
  readonly closeTimedOut: Text
  readonly targetTimedOut: Text
  readonly hopNameNotFound: Text
  readonly targetNameNotFound: Text
  readonly targetNameNotFoundHere: Text
  readonly hopNameTimedOut: Text
  readonly targetNameTimedOut: Text
  readonly targetNameTimedOutHere: Text
  /** A client did not say in time where it wants to go. */
  readonly identifyTimedOut: Text
  readonly unidentified: (particulars: Particulars, reason: Explanation) => Explanation
  readonly reasons: Readonly<Record<Unidentified, Explanation>>
  /** A destination that was found in the traffic, and is not on the rule's list. */
  readonly notAllowed: Text
  readonly blocked: Text
  readonly loop: Text
  /** What a hop with SOCKS4 can not be asked. */
  readonly noIpv6: Text
  readonly badRequest: Text
  readonly notFound: Text
  readonly conflict: Text
  readonly internal: Text
}

/** The stages at which a hop can break off a connection, in words. */
export type During = Readonly<Partial<Record<Stage, string>>> & { readonly other: string }

/** What is said of a hop that does not answer as it should, by what it was asked in: what it is, and what to try. */
export type Looks = Readonly<Record<HopProtocol, Readonly<Record<LooksLike, Explanation>>>>
