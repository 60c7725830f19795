import { BlockList, isIP } from 'node:net'

/**
 * Hosts that may be reached without TLS: Unix sockets, loopback, private ranges and single-label names (service
 * containers). Everything else counts as public, odd spellings of addresses (`127.1`, `0x7f.1`) included.
 */
export function isPrivateHost(host: string): boolean {
  if (host.startsWith('/')) return true
  const family = isIP(host)
  if (family !== 0) return privateRanges.check(host, family === 6 ? 'ipv6' : 'ipv4')
  return /^[a-z][a-z0-9_-]*$/i.test(host)
}

const privateRanges = new BlockList()
privateRanges.addSubnet('127.0.0.0', 8, 'ipv4')
privateRanges.addSubnet('10.0.0.0', 8, 'ipv4')
privateRanges.addSubnet('172.16.0.0', 12, 'ipv4')
privateRanges.addSubnet('192.168.0.0', 16, 'ipv4')
privateRanges.addAddress('::1', 'ipv6')
privateRanges.addSubnet('fc00::', 7, 'ipv6')
privateRanges.addSubnet('fe80::', 10, 'ipv6')
