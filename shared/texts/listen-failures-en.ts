import type { ListenTexts } from './failure-texts.ts'
import { isLowPort, isSocket, portOf } from './listen-target.ts'

/** What helps where the limit of open files is reached. */
export const moreFiles =
  'raise their limit: with "ulimit -n 65536" before it starts, or LimitNOFILE=65536 in its systemd unit'

export const englishListening: ListenTexts = {
  portInUse: ({ target, failure: { holder } }) => ({
    what: `${target} is in use by ${holder ? `${holder.name} (pid ${holder.pid})` : 'another program'}`,
    advice: `stop that program, or choose another ${isSocket(target) ? 'path for the socket' : 'listen port'}`,
  }),
  portForbidden: ({ target }) => ({
    what: `this user may not listen on ${target}`,
    advice: isLowPort(target)
      ? 'choose a port from 1024 up, or allow this one to every user; on Linux: ' +
        `sysctl net.ipv4.ip_unprivileged_port_start=${portOf(target)}`
      : 'choose another port',
  }),
  socketForbidden: ({ target }) => ({
    what: `this user may not listen on ${target}`,
    advice: 'choose a path in a folder of your own',
  }),
  socketFolderMissing: ({ target }) => ({
    what: `the folder of ${target} does not exist`,
    advice: 'create it, or choose another path for the socket',
  }),
  socketFolderIsFile: ({ target }) => ({
    what: `the path of ${target} has a file where a folder must be`,
    advice: 'choose another path for the socket',
  }),
  socketFolderReadOnly: ({ target }) => ({
    what: `the file system of ${target} is read-only`,
    advice: 'choose a path on one that can be written to',
  }),
  socketPathTaken: ({ target }) => ({
    what: `there is something at ${target} that is no socket`,
    advice: 'choose another path for the socket, or move away what is there',
  }),
  socketUnavailable: ({ target, errno }) => ({
    what: `no socket can be made at ${target}${errno}`,
    advice: 'choose a short path in a folder of your own',
  }),
  addressUnavailable: ({ target }) => ({
    what: `${target} is not an address of this machine`,
    advice: 'choose 127.0.0.1, ::1, or an address that one of its network interfaces has now',
  }),
  portUnavailable: ({ target, errno }) => ({
    what: `the system does not let Nexthop listen on ${target}${errno}`,
    advice: 'choose another address or port',
  }),
  tooManyFiles: ({ target, errno }) => ({
    what: `there can be no more open files and connections, so Nexthop can not listen on ${target}${errno}`,
    advice: moreFiles,
  }),
}
