/** Names that tcpdump, ss and netstat print for ports when they are not told not to (-n). */
const SERVICES: Readonly<Record<string, number>> = {
  ftp: 21,
  ssh: 22,
  telnet: 23,
  smtp: 25,
  domain: 53,
  http: 80,
  www: 80,
  pop3: 110,
  ntp: 123,
  imap2: 143,
  imap: 143,
  ldap: 389,
  https: 443,
  'microsoft-ds': 445,
  submission: 587,
  ldaps: 636,
  imaps: 993,
  pop3s: 995,
  mbap: 502,
  'asa-appl-proto': 502,
  mysql: 3306,
  postgresql: 5432,
  'http-alt': 8080,
}

/** The number of a port, where its name is known. */
export const portNumber = (port: number | string): number | string =>
  typeof port === 'string' && Object.hasOwn(SERVICES, port) ? SERVICES[port]! : port
