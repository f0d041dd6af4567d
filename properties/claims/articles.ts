/** Where the claims are made. */
export interface Article {
  readonly title: string
  /** What kind of text it is, and of when as far as it tells. */
  readonly what: string
}

export const articles = {
  ghost: {
    title: 'TCP ghost connections',
    what: 'the article with the published capture, whose server seems to be older than 4.10',
  },
  experiments: { title: 'An article of experiments with the kernel’s TCP settings', what: 'Linux 5.10' },
  queues: { title: 'An article on the SYN queue and the accept queue', what: 'no kernel named' },
  table: { title: 'A table of TCP states and sysctls', what: 'no kernel named' },
  'netstat(8)': { title: 'netstat(8)', what: 'manual page of net-tools 2.10' },
  'listen(2)': { title: 'listen(2)', what: 'manual page of Linux man-pages 6.03' },
  'tcp(7)': { title: 'tcp(7)', what: 'manual page of Linux man-pages 6.03' },
  advice: { title: 'Common advice', what: 'netstat -ant | grep -c SYN_RECV, in many places' },
} as const satisfies Record<string, Article>

export type ArticleName = keyof typeof articles
