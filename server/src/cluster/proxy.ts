import { BlockList, isIP, isIPv6 } from 'node:net';
import type { NetworkOptions } from '../protocol.ts';

/**
 * The proxy for an address: that of the editor's settings, else that of the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, either
 * case), by the rules of Go's `httpproxy`, which kubectl follows: never for this machine; `NO_PROXY` holds names (with their subdomains),
 * addresses, networks such as `10.0.0.0/8`, each optionally with a port, or `*`.
 */
export function proxyFor(server: string, env: NodeJS.ProcessEnv, network: NetworkOptions = {}): string | undefined {
  if (!URL.canParse(server)) return undefined;
  const url = new URL(server);
  const name = url.protocol === 'http:' ? 'HTTP_PROXY' : 'HTTPS_PROXY';
  const proxy = network.proxy || env[name] || env[name.toLowerCase()];
  const without = [...(network.noProxy ?? []), env.NO_PROXY || env.no_proxy || ''].join(',');
  if (!proxy || isExcluded(url, without)) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function isExcluded(url: URL, exclusions: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))) return true;
  const port = url.port || (url.protocol === 'http:' ? '80' : '443');
  return exclusions.split(',').some((entry) => {
    const rule = entry.trim().toLowerCase();
    if (rule === '*') return true;
    const [, name = rule, onlyPort] = /^(.*[^:]|\[.*\]):(\d+)$/.exec(isIPv6(rule) ? '' : rule) ?? [];
    if (name === '' || (onlyPort && onlyPort !== port)) return false;
    if (isIP(host)) return inNetwork(host, name.replace(/^\[|\]$/g, ''));
    const domain = name.replace(/^\*?\./, '');
    return host.endsWith(`.${domain}`) || (host === domain && !/^\*?\./.test(name));
  });
}

function inNetwork(host: string, rule: string): boolean {
  const [network = '', bits] = rule.split('/');
  const family = isIP(network);
  if (family === 0 || family !== isIP(host)) return false;
  if (bits === undefined) return network === host;
  const type = family === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  const prefix = Number(bits);
  if (!(prefix >= 0 && prefix <= (family === 6 ? 128 : 32))) return false;
  list.addSubnet(network, prefix, type);
  return list.check(host, type);
}
