// Names are looked up by at most half of libuv's threads (see main/engine/dial/names.ts). It reads how many it is to have
// when something needs the first one, which must not be before this: so this is imported before all else. Seen to be in time
// in Node 24, with the app as it is built; not tried in Electron itself.

const [major = 0, minor = 0] = process.versions.uv.split('.').map(Number)
/** Older ones do not see on Windows what the process itself has set (https://github.com/libuv/libuv/pull/4888). */
const isSeen = process.platform !== 'win32' || major > 1 || minor >= 52

if (isSeen) process.env['UV_THREADPOOL_SIZE'] ??= '32'

// A module, so that its names are its own.
export {}
