/** Checksums that a virtual interface leaves to hardware there is none of. */
import koffi from 'koffi'

const SIOCETHTOOL = 0x8946
const ETHTOOL_STXCSUM = 0x17

/** Makes the kernel fill in the checksums of what it sends by the interface; false where it does not let us. linux: ethtool(8) -K tx off */
export const fillsInChecksums = (interfaceName: string): boolean => {
  const libc = koffi.load('libc.so.6')
  const value = koffi.struct({ cmd: 'uint32', data: 'uint32' })
  const request = koffi.struct({
    name: koffi.array('char', 16),
    value: koffi.pointer(value),
    rest: koffi.array('uint8', 16),
  })
  const socket = libc.func('socket', 'int', ['int', 'int', 'int'])
  const ioctl = libc.func('ioctl', 'int', ['int', 'ulong', koffi.pointer(request)])
  const close = libc.func('close', 'int', ['int'])
  const fd = socket(2, 2, 0)
  const asked = { name: interfaceName, value: { cmd: ETHTOOL_STXCSUM, data: 0 }, rest: new Uint8Array(16) }
  const done = ioctl(fd, SIOCETHTOOL, asked) === 0
  close(fd)
  return done
}
