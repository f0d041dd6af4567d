/** What every profile gives in the worlds of `worlds.ts`. Made by `npm run pin`; a difference has to be explained before it is pinned. */
import type { VerdictTable } from './world.ts'

export const verdictTable: VerdictTable = {
  "handshake": {
    "BOTH": "reached",
    "in-by-ACK": "reached",
    "in-by-data": "reached",
    "in-by-FIN": "reached",
    "Q1": "holds",
    "Q1'": "holds",
    "Q3": "holds",
    "Q4": "holds",
    "Q5": "holds",
    "Q5'": "holds",
    "Q6": "holds",
    "Q8": "holds",
    "Q12": "holds",
    "H4": "holds",
    "H5": "holds",
    "H6": "holds",
    "H8": "holds",
    "H11": "holds",
    "DT1": "holds",
    "DT2": "holds",
    "DT2'": "holds",
    "C1": "holds",
    "TM1": "holds",
    "TM4": "holds",
    "N9": "holds",
    "L1": "holds",
    "L5": "holds"
  },
  "strange-segments": {
    "BOTH": "reached",
    "refused-bad-ACK": "reached",
    "Q4": "holds",
    "Q8": "holds",
    "H4": "holds",
    "H5": "holds",
    "H7": "holds",
    "H8": "holds",
    "H10": "holds",
    "H11": "holds",
    "H12": "holds",
    "DT1": "holds",
    "C1": "holds",
    "N9": "holds"
  },
  "ghost-connection": {
    "GHOST": {
      "linux-6.18": "reached",
      "linux-6.1": "not reached",
      "linux-5.10": "not reached",
      "linux-4.9": "reached",
      "linux-4.4": "reached",
      "linux-3.10": "reached",
      "rfc9293": "not reached"
    },
    "HALF-OPEN": {
      "linux-6.18": "reached",
      "linux-6.1": "not reached",
      "linux-5.10": "not reached",
      "linux-4.9": "reached",
      "linux-4.4": "reached",
      "linux-3.10": "reached",
      "rfc9293": "not reached"
    },
    "FULL": "reached",
    "ghost-recovers": {
      "linux-6.18": "reached",
      "linux-6.1": "not reached",
      "linux-5.10": "not reached",
      "linux-4.9": "reached",
      "linux-4.4": "reached",
      "linux-3.10": "reached",
      "rfc9293": "not reached"
    },
    "Q1": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "Q1'": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "Q3": "holds",
    "Q4": "holds",
    "Q5": "holds",
    "Q5'": "holds",
    "Q6": "holds",
    "Q8": "holds",
    "Q9": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "violated",
      "rfc9293": "violated"
    },
    "Q10": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "Q11": {
      "linux-6.18": "holds",
      "linux-6.1": "not applicable",
      "linux-5.10": "not applicable",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "Q12": "holds",
    "H4": "holds",
    "H5": "holds",
    "H6": "holds",
    "H7": "not applicable",
    "H8": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "not applicable",
      "rfc9293": "not applicable"
    },
    "H11": "holds",
    "DT1": "holds",
    "DT2": "holds",
    "DT2'": "not applicable",
    "C1": "holds",
    "TM1": "holds",
    "TM4": "holds",
    "N1": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "N2": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "N9": "holds",
    "L1": "holds",
    "L5": "holds",
    "L6": "holds",
    "L3": "violated",
    "L3-accept": "violated",
    "L3'": {
      "linux-6.18": "violated",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "violated",
      "rfc9293": "holds"
    },
    "L3'-accept": {
      "linux-6.18": "violated",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "violated",
      "rfc9293": "holds"
    },
    "L3''": {
      "linux-6.18": "violated",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "violated",
      "rfc9293": "holds"
    }
  },
  "ghost-connection, backlog 2": {
    "GHOST": {
      "linux-6.18": "reached",
      "linux-6.1": "reached",
      "linux-5.10": "reached",
      "linux-4.9": "reached",
      "linux-4.4": "reached",
      "linux-3.10": "reached",
      "rfc9293": "not reached"
    },
    "HALF-OPEN": {
      "linux-6.18": "reached",
      "linux-6.1": "reached",
      "linux-5.10": "reached",
      "linux-4.9": "reached",
      "linux-4.4": "reached",
      "linux-3.10": "reached",
      "rfc9293": "not reached"
    },
    "FULL": "reached",
    "ghost-recovers": "not reached",
    "Q1": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "Q1'": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "Q3": "holds",
    "Q4": "holds",
    "Q5": "holds",
    "Q5'": "holds",
    "Q6": "holds",
    "Q8": "holds",
    "Q9": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "violated",
      "rfc9293": "violated"
    },
    "Q10": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "Q11": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "Q12": "not applicable",
    "H4": "holds",
    "H5": "not applicable",
    "H6": "holds",
    "H7": "not applicable",
    "H8": "holds",
    "H11": "holds",
    "DT1": "holds",
    "DT2": "holds",
    "DT2'": "not applicable",
    "C1": "holds",
    "TM1": "holds",
    "TM4": "holds",
    "N1": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "N2": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "N9": "holds",
    "L1": "holds",
    "L5": "holds",
    "L6": "holds",
    "L3": "violated",
    "L3-accept": "violated",
    "L3'": {
      "linux-6.18": "violated",
      "linux-6.1": "violated",
      "linux-5.10": "violated",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "violated",
      "rfc9293": "holds"
    },
    "L3'-accept": {
      "linux-6.18": "violated",
      "linux-6.1": "violated",
      "linux-5.10": "violated",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "violated",
      "rfc9293": "holds"
    },
    "L3''": {
      "linux-6.18": "violated",
      "linux-6.1": "violated",
      "linux-5.10": "violated",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "violated",
      "rfc9293": "holds"
    }
  },
  "abort-on-overflow": {
    "GHOST": "not reached",
    "FULL": "reached",
    "reset-at-promotion": {
      "linux-6.18": "reached",
      "linux-6.1": "not reached",
      "linux-5.10": "not reached",
      "linux-4.9": "reached",
      "linux-4.4": "reached",
      "linux-3.10": "reached",
      "rfc9293": "not reached"
    },
    "SYN-dropped": {
      "linux-6.18": "reached",
      "linux-6.1": "reached",
      "linux-5.10": "reached",
      "linux-4.9": "not reached",
      "linux-4.4": "not reached",
      "linux-3.10": "not reached",
      "rfc9293": "not reached"
    },
    "Q1": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "Q1'": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "Q3": "holds",
    "Q4": "holds",
    "Q5": "holds",
    "Q5'": "holds",
    "Q6": "holds",
    "Q8": "holds",
    "Q9": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "violated",
      "rfc9293": "violated"
    },
    "Q10": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "Q11": "not applicable",
    "Q12": "holds",
    "H4": "holds",
    "H5": "holds",
    "H6": "holds",
    "H7": "not applicable",
    "H8": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "not applicable",
      "rfc9293": "not applicable"
    },
    "H11": "holds",
    "DT1": "holds",
    "DT2": "holds",
    "DT2'": "not applicable",
    "C1": "holds",
    "TM1": "holds",
    "TM4": "holds",
    "N1": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "N2": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "N9": "holds",
    "L1": "holds",
    "L5": "holds",
    "L6": "holds",
    "L3": "violated",
    "L3-accept": "violated",
    "L3'": "holds",
    "L3'-accept": "holds",
    "L3''": "holds"
  },
  "accept-queue-backlog-0": {
    "FULL": {
      "linux-6.18": "reached",
      "linux-6.1": "not reached",
      "linux-5.10": "not reached",
      "linux-4.9": "not reached",
      "linux-4.4": "not reached",
      "linux-3.10": "reached",
      "rfc9293": "reached"
    },
    "SYN-dropped": {
      "linux-6.18": "reached",
      "linux-6.1": "not reached",
      "linux-5.10": "not reached",
      "linux-4.9": "not reached",
      "linux-4.4": "not reached",
      "linux-3.10": "not reached",
      "rfc9293": "not reached"
    },
    "Q1": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "Q1'": {
      "linux-6.18": "holds",
      "linux-6.1": "not applicable",
      "linux-5.10": "not applicable",
      "linux-4.9": "not applicable",
      "linux-4.4": "not applicable",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "Q3": {
      "linux-6.18": "holds",
      "linux-6.1": "not applicable",
      "linux-5.10": "not applicable",
      "linux-4.9": "not applicable",
      "linux-4.4": "not applicable",
      "linux-3.10": "holds",
      "rfc9293": "holds"
    },
    "Q4": {
      "linux-6.18": "holds",
      "linux-6.1": "not applicable",
      "linux-5.10": "not applicable",
      "linux-4.9": "not applicable",
      "linux-4.4": "not applicable",
      "linux-3.10": "holds",
      "rfc9293": "holds"
    },
    "Q5": {
      "linux-6.18": "holds",
      "linux-6.1": "not applicable",
      "linux-5.10": "not applicable",
      "linux-4.9": "not applicable",
      "linux-4.4": "not applicable",
      "linux-3.10": "holds",
      "rfc9293": "holds"
    },
    "Q5'": {
      "linux-6.18": "holds",
      "linux-6.1": "not applicable",
      "linux-5.10": "not applicable",
      "linux-4.9": "not applicable",
      "linux-4.4": "not applicable",
      "linux-3.10": "holds",
      "rfc9293": "holds"
    },
    "Q6": {
      "linux-6.18": "holds",
      "linux-6.1": "not applicable",
      "linux-5.10": "not applicable",
      "linux-4.9": "not applicable",
      "linux-4.4": "not applicable",
      "linux-3.10": "holds",
      "rfc9293": "holds"
    },
    "Q9": {
      "linux-6.18": "holds",
      "linux-6.1": "not applicable",
      "linux-5.10": "not applicable",
      "linux-4.9": "not applicable",
      "linux-4.4": "not applicable",
      "linux-3.10": "violated",
      "rfc9293": "violated"
    },
    "Q10": {
      "linux-6.18": "holds",
      "linux-6.1": "not applicable",
      "linux-5.10": "not applicable",
      "linux-4.9": "not applicable",
      "linux-4.4": "not applicable",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "H4": {
      "linux-6.18": "holds",
      "linux-6.1": "not applicable",
      "linux-5.10": "not applicable",
      "linux-4.9": "not applicable",
      "linux-4.4": "not applicable",
      "linux-3.10": "holds",
      "rfc9293": "holds"
    },
    "N1": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "N2": {
      "linux-6.18": "holds",
      "linux-6.1": "not applicable",
      "linux-5.10": "not applicable",
      "linux-4.9": "not applicable",
      "linux-4.4": "not applicable",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "L5": {
      "linux-6.18": "holds",
      "linux-6.1": "not applicable",
      "linux-5.10": "not applicable",
      "linux-4.9": "not applicable",
      "linux-4.4": "not applicable",
      "linux-3.10": "holds",
      "rfc9293": "holds"
    },
    "L6": {
      "linux-6.18": "holds",
      "linux-6.1": "not applicable",
      "linux-5.10": "not applicable",
      "linux-4.9": "not applicable",
      "linux-4.4": "not applicable",
      "linux-3.10": "holds",
      "rfc9293": "holds"
    }
  },
  "accept-queue": {
    "FULL": "reached",
    "SYN-dropped": {
      "linux-6.18": "reached",
      "linux-6.1": "reached",
      "linux-5.10": "reached",
      "linux-4.9": "not reached",
      "linux-4.4": "not reached",
      "linux-3.10": "not reached",
      "rfc9293": "not reached"
    },
    "Q1": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "Q1'": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "Q3": "holds",
    "Q4": "holds",
    "Q5": "holds",
    "Q5'": "holds",
    "Q6": "holds",
    "Q9": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "violated",
      "rfc9293": "violated"
    },
    "Q10": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "H4": "holds",
    "N1": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "N2": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "L5": "holds",
    "L6": "holds"
  },
  "time-wait": {
    "in-TIME_WAIT": "reached",
    "restarted": "reached",
    "assassinated": "reached",
    "reopened": "reached",
    "W1": "holds",
    "W2": "holds",
    "W3": "holds",
    "C3": "holds",
    "C4": "holds",
    "C7": "holds",
    "N9": "holds"
  },
  "simultaneous-open": {
    "crossed": "reached",
    "BOTH": "reached",
    "H2": "holds",
    "H16": "holds",
    "Q4": "holds",
    "Q8": "holds",
    "P2": "holds",
    "DT1": "holds",
    "DT2": "holds",
    "L1": "holds"
  },
  "split-handshake": {
    "crossed": "reached",
    "BOTH": "reached",
    "H2": "holds",
    "H16": "holds",
    "Q4": "not applicable",
    "DT1": "holds",
    "DT2": "holds",
    "L1": "holds"
  },
  "half-open-connection": {
    "BOTH": "reached",
    "reincarnated": "reached",
    "meets-own-request": "reached",
    "request-killed": "reached",
    "H9": "holds",
    "Q8": "holds",
    "P1": "holds",
    "L1": "holds",
    "L13": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "violated",
      "rfc9293": "holds"
    }
  },
  "reboot-into-the-window": {
    "BOTH": "reached",
    "refused": "reached",
    "request-killed": "reached",
    "Q8": "holds",
    "L1": "holds",
    "L13": "violated"
  },
  "ICMP-errors": {
    "unreachable": "reached",
    "request-ended-by-ICMP": "reached",
    "ICMP-ignored": {
      "linux-6.18": "reached",
      "linux-6.1": "reached",
      "linux-5.10": "reached",
      "linux-4.9": "reached",
      "linux-4.4": "reached",
      "linux-3.10": "not reached",
      "rfc9293": "reached"
    },
    "ICMP-disbelieved": "reached",
    "BOTH": "reached",
    "HALF-OPEN": "not reached",
    "Q3": "holds",
    "Q4": "holds",
    "N1": "holds",
    "L1": "holds",
    "L2": "holds"
  },
  "restarted-listener": {
    "BOTH": "reached",
    "buried": "reached",
    "request-outlives-listener": {
      "linux-6.18": "reached",
      "linux-6.1": "reached",
      "linux-5.10": "reached",
      "linux-4.9": "reached",
      "linux-4.4": "reached",
      "linux-3.10": "not reached",
      "rfc9293": "not reached"
    },
    "reset-by-the-new-listener": {
      "linux-6.18": "reached",
      "linux-6.1": "reached",
      "linux-5.10": "reached",
      "linux-4.9": "reached",
      "linux-4.4": "reached",
      "linux-3.10": "not reached",
      "rfc9293": "not reached"
    },
    "taken-by-the-new-listener": {
      "linux-6.18": "reached",
      "linux-6.1": "reached",
      "linux-5.10": "reached",
      "linux-4.9": "reached",
      "linux-4.4": "reached",
      "linux-3.10": "not reached",
      "rfc9293": "not reached"
    },
    "refused": "reached",
    "Q3": "holds",
    "Q4": "holds",
    "Q5": "holds",
    "Q8": "holds",
    "H4": "holds",
    "N9": "holds",
    "DT1": "holds",
    "L1": "holds",
    "L2": "holds",
    "L3'": "violated"
  },
  "request-pruning": {
    "pruned": {
      "linux-6.18": "reached",
      "linux-6.1": "reached",
      "linux-5.10": "reached",
      "linux-4.9": "reached",
      "linux-4.4": "reached",
      "linux-3.10": "not reached",
      "rfc9293": "not reached"
    },
    "SYN-ACK-repeated": "reached",
    "Q2": "holds",
    "Q3": "holds",
    "Q4": "holds",
    "Q14": "holds",
    "H13": "holds",
    "L2": "holds"
  },
  "behind-one-NAT": {
    "shut-out-by-clock": {
      "linux-6.18": "not reached",
      "linux-6.1": "not reached",
      "linux-5.10": "not reached",
      "linux-4.9": "reached",
      "linux-4.4": "reached",
      "linux-3.10": "reached",
      "rfc9293": "not reached"
    },
    "BOTH": "reached",
    "in-TIME_WAIT": "reached",
    "N1": {
      "linux-6.18": "not applicable",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "Q4": "holds",
    "H15": "holds",
    "L1": "holds"
  },
  "opening-at-a-full-queue": {
    "GHOST": {
      "linux-6.18": "reached",
      "linux-6.1": "reached",
      "linux-5.10": "reached",
      "linux-4.9": "reached",
      "linux-4.4": "reached",
      "linux-3.10": "reached",
      "rfc9293": "not reached"
    },
    "FULL": "reached",
    "SYN-dropped": {
      "linux-6.18": "reached",
      "linux-6.1": "reached",
      "linux-5.10": "reached",
      "linux-4.9": "not reached",
      "linux-4.4": "not reached",
      "linux-3.10": "not reached",
      "rfc9293": "not reached"
    },
    "Q2": "holds",
    "Q2'": "not applicable",
    "Q7": "holds",
    "Q9": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "violated",
      "rfc9293": "violated"
    },
    "Q14": "holds",
    "Q16": "holds",
    "H1": "holds",
    "H2": "holds",
    "H3": "holds",
    "H13": "holds",
    "H15": "holds",
    "H17": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "DT3": "holds",
    "DT4": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "DT4'": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "P2": "holds",
    "P4": "holds",
    "P6": "violated",
    "N3": "holds",
    "N4": {
      "linux-6.18": "holds",
      "linux-6.1": "violated",
      "linux-5.10": "violated",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "violated",
      "rfc9293": "holds"
    },
    "N5": "holds",
    "N7": "holds",
    "N8": "violated",
    "N10": "holds",
    "N12": "holds",
    "N13": "holds",
    "L2": "holds",
    "L4": {
      "linux-6.18": "violated",
      "linux-6.1": "violated",
      "linux-5.10": "violated",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "violated",
      "rfc9293": "not applicable"
    },
    "L7": "holds",
    "L3''-accept": {
      "linux-6.18": "violated",
      "linux-6.1": "violated",
      "linux-5.10": "violated",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "violated",
      "rfc9293": "holds"
    }
  },
  "opening-among-strangers": {
    "BOTH": "reached",
    "refused-bad-ACK": "reached",
    "H1": "holds",
    "H2": "holds",
    "H3": "holds",
    "H7": "holds",
    "H9": {
      "linux-6.18": "violated",
      "linux-6.1": "violated",
      "linux-5.10": "violated",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "violated",
      "rfc9293": "holds"
    },
    "H15": "holds",
    "DT1'": "holds",
    "DT3": "holds",
    "DT5": "holds",
    "DT6": "holds",
    "DT9": "holds",
    "P1": "holds",
    "P2": "holds",
    "P3": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "N3": "holds",
    "N4": {
      "linux-6.18": "holds",
      "linux-6.1": "violated",
      "linux-5.10": "violated",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "violated",
      "rfc9293": "holds"
    },
    "N7": "holds",
    "N8": "violated",
    "N10": "holds",
    "N12": "holds"
  },
  "text-after-close": {
    "in-CLOSING": "reached",
    "in-LAST_ACK": "reached",
    "in-CLOSE_WAIT": "reached",
    "DT10": "reached",
    "DT3": "holds",
    "DT6": "holds",
    "DT7": "holds",
    "DT8": "holds",
    "DT9": "holds",
    "C2": "holds",
    "C5": "holds",
    "C6": "holds",
    "C8": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "P3": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "P4": "holds"
  },
  "systematic-ghost": {
    "GHOST": {
      "linux-6.18": "not reached",
      "linux-6.1": "not reached",
      "linux-5.10": "not reached",
      "linux-4.9": "reached",
      "linux-4.4": "reached",
      "linux-3.10": "reached",
      "rfc9293": "not reached"
    },
    "Q9": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "violated",
      "rfc9293": "violated"
    },
    "Q1": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "Q11": {
      "linux-6.18": "not applicable",
      "linux-6.1": "not applicable",
      "linux-5.10": "not applicable",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "DT4": {
      "linux-6.18": "not applicable",
      "linux-6.1": "not applicable",
      "linux-5.10": "not applicable",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "L3": "violated",
    "L3'": "violated",
    "L4": {
      "linux-6.18": "not applicable",
      "linux-6.1": "not applicable",
      "linux-5.10": "not applicable",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "violated",
      "rfc9293": "not applicable"
    }
  },
  "dead-backlog-0": {
    "BOTH": {
      "linux-6.18": "reached",
      "linux-6.1": "not reached",
      "linux-5.10": "not reached",
      "linux-4.9": "not reached",
      "linux-4.4": "not reached",
      "linux-3.10": "reached",
      "rfc9293": "reached"
    },
    "refused-by-full-SYN-queue": {
      "linux-6.18": "reached",
      "linux-6.1": "reached",
      "linux-5.10": "reached",
      "linux-4.9": "reached",
      "linux-4.4": "reached",
      "linux-3.10": "not reached",
      "rfc9293": "not reached"
    },
    "Q13": {
      "linux-6.18": "holds",
      "linux-6.1": "violated",
      "linux-5.10": "violated",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "holds",
      "rfc9293": "holds"
    },
    "Q2": {
      "linux-6.18": "holds",
      "linux-6.1": "not applicable",
      "linux-5.10": "not applicable",
      "linux-4.9": "not applicable",
      "linux-4.4": "not applicable",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "Q2'": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "not applicable",
      "rfc9293": "not applicable"
    },
    "L1": "holds",
    "L7": "holds"
  },
  "inexact-reset": {
    "BOTH": "reached",
    "request-killed": "reached",
    "H8": {
      "linux-6.18": "holds",
      "linux-6.1": "violated",
      "linux-5.10": "violated",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "violated",
      "rfc9293": "holds"
    },
    "N7": "holds",
    "L2": "holds"
  },
  "overfull-queue": {
    "BOTH": "reached",
    "FULL": "reached",
    "Q1": {
      "linux-6.18": "violated",
      "linux-6.1": "violated",
      "linux-5.10": "violated",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "Q1'": {
      "linux-6.18": "violated",
      "linux-6.1": "violated",
      "linux-5.10": "violated",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "Q4": "holds",
    "Q5": "holds",
    "Q5'": "holds",
    "Q6": "holds",
    "Q8": "holds",
    "L5": "holds",
    "L6": "holds"
  },
  "cookie-skips-a-byte": {
    "BOTH": "reached",
    "cookie-child": {
      "linux-6.18": "reached",
      "linux-6.1": "reached",
      "linux-5.10": "reached",
      "linux-4.9": "reached",
      "linux-4.4": "reached",
      "linux-3.10": "not reached",
      "rfc9293": "not reached"
    },
    "H1": {
      "linux-6.18": "violated",
      "linux-6.1": "violated",
      "linux-5.10": "violated",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "holds",
      "rfc9293": "holds"
    },
    "H3": {
      "linux-6.18": "violated",
      "linux-6.1": "violated",
      "linux-5.10": "violated",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "holds",
      "rfc9293": "holds"
    },
    "H14": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "not applicable",
      "rfc9293": "not applicable"
    },
    "H15": "holds",
    "Q6": "holds",
    "DT1": "holds",
    "DT1'": {
      "linux-6.18": "violated",
      "linux-6.1": "violated",
      "linux-5.10": "violated",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "holds",
      "rfc9293": "holds"
    },
    "N6": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "not applicable",
      "rfc9293": "not applicable"
    }
  },
  "SYN-at-FIN_WAIT2": {
    "in-FIN_WAIT2": "reached",
    "H9": {
      "linux-6.18": "violated",
      "linux-6.1": "violated",
      "linux-5.10": "violated",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "violated",
      "rfc9293": "holds"
    },
    "P1": "holds",
    "N12": "holds"
  },
  "SYN-ACK-with-text": {
    "BOTH": "reached",
    "Q7": "violated",
    "H1": "holds",
    "H15": "holds",
    "Q1": "holds"
  },
  "FIN-lost": {
    "FIN-lost": "reached",
    "FIN-repeated": "reached",
    "C1": "holds",
    "C2": "holds",
    "C3": "holds",
    "C4": "holds",
    "C9": "holds",
    "C10": "holds",
    "C11": "holds",
    "TM2": "holds",
    "TM3": "holds",
    "TM5": "holds",
    "TM9": "holds",
    "B5": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "L8": "holds",
    "L9": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "L10": "holds",
    "L11": "holds",
    "L14": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    }
  },
  "FIN_WAIT2-after-close": {
    "in-FIN_WAIT2": "reached",
    "FIN_WAIT2-over": {
      "linux-6.18": "reached",
      "linux-6.1": "reached",
      "linux-5.10": "reached",
      "linux-4.9": "reached",
      "linux-4.4": "reached",
      "linux-3.10": "reached",
      "rfc9293": "not reached"
    },
    "in-TIME_WAIT": "reached",
    "in-CLOSE_WAIT": "reached",
    "C1": "holds",
    "C9": "holds",
    "W5": "holds",
    "TM7": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "not applicable"
    },
    "B5": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "B6": "holds",
    "L9": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "L15": "violated"
  },
  "FIN_WAIT2-after-shutdown": {
    "in-FIN_WAIT2": "reached",
    "FIN_WAIT2-over": {
      "linux-6.18": "reached",
      "linux-6.1": "reached",
      "linux-5.10": "reached",
      "linux-4.9": "reached",
      "linux-4.4": "reached",
      "linux-3.10": "reached",
      "rfc9293": "not reached"
    },
    "in-TIME_WAIT": "reached",
    "C1": "holds",
    "W5": "holds",
    "B6": "holds",
    "L9": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "L15": "violated"
  },
  "FIN_WAIT2-longer-than-TIME_WAIT": {
    "in-FIN_WAIT2": "reached",
    "FIN_WAIT2-over": {
      "linux-6.18": "reached",
      "linux-6.1": "reached",
      "linux-5.10": "reached",
      "linux-4.9": "reached",
      "linux-4.4": "reached",
      "linux-3.10": "reached",
      "rfc9293": "not reached"
    },
    "TM7": {
      "linux-6.18": "violated",
      "linux-6.1": "violated",
      "linux-5.10": "violated",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "violated",
      "rfc9293": "not applicable"
    },
    "B5": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "L9": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    }
  },
  "final-ACK-lost": {
    "final-ACK-lost": "reached",
    "restarted": "reached",
    "in-LAST_ACK": "reached",
    "C7": "holds",
    "W1": "holds",
    "W2": "holds",
    "W3": "holds",
    "W5": "holds",
    "W8": "holds",
    "W12": "holds",
    "TM3": "holds",
    "L10": "holds",
    "L11": "holds",
    "L14": "holds"
  },
  "simultaneous-close": {
    "in-CLOSING": "reached",
    "both-in-TIME_WAIT": "reached",
    "C1": "holds",
    "C2": "holds",
    "C4": "holds",
    "C5": "holds",
    "C7": "holds",
    "W1": "holds",
    "W5": "holds",
    "TM3": "holds",
    "L10": "holds",
    "L11": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "L14": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    }
  },
  "half-close": {
    "in-CLOSE_WAIT": "reached",
    "text-after-FIN": "reached",
    "C1": "holds",
    "C2": "holds",
    "C6": "holds",
    "C14": "holds",
    "DT1": "holds",
    "DT6": "holds",
    "DT7": "holds",
    "B6": "holds",
    "L15": "violated",
    "L16": "holds"
  },
  "RST-in-the-window": {
    "challenged": "reached",
    "reset-by-a-stranger": "reached",
    "C1": "holds",
    "C12": {
      "linux-6.18": "violated",
      "linux-6.1": "violated",
      "linux-5.10": "violated",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "violated",
      "rfc9293": "holds"
    },
    "C13": {
      "linux-6.18": "violated",
      "linux-6.1": "violated",
      "linux-5.10": "violated",
      "linux-4.9": "violated",
      "linux-4.4": "violated",
      "linux-3.10": "violated",
      "rfc9293": "holds"
    },
    "N9": "holds",
    "TM9": "holds"
  },
  "SYN-in-the-window": {
    "challenged": "reached",
    "BOTH": "reached",
    "P1": "holds",
    "H9": "holds",
    "N12": "holds",
    "DT9": "holds",
    "C1": "holds"
  },
  "server-reboots": {
    "HALF-OPEN": "reached",
    "reset-by-the-peer": "reached",
    "L16": "holds"
  },
  "data-after-close": {
    "data-after-close": "reached",
    "reset-by-the-peer": "reached",
    "DT8": "holds",
    "C9": "holds",
    "N9": "holds",
    "L16": "holds"
  },
  "unread-at-close": {
    "aborted-unread": {
      "linux-6.18": "reached",
      "linux-6.1": "reached",
      "linux-5.10": "reached",
      "linux-4.9": "reached",
      "linux-4.4": "reached",
      "linux-3.10": "reached",
      "rfc9293": "not reached"
    },
    "reset-by-the-peer": "reached",
    "DT10": "reached",
    "C8": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "C9": "holds",
    "N9": "holds"
  },
  "SO_LINGER-0": {
    "aborted": "reached",
    "in-TIME_WAIT": "not reached",
    "C1": "holds",
    "N9": "holds",
    "TM9": "holds"
  },
  "shutdown-RD": {
    "shut-and-taken": "reached",
    "data-after-close": "reached",
    "C1": "holds",
    "C2": "holds",
    "DT1": "holds",
    "N9": "holds"
  },
  "answers-withheld-in-ESTABLISHED": {
    "answer-withheld": {
      "linux-6.18": "reached",
      "linux-6.1": "reached",
      "linux-5.10": "reached",
      "linux-4.9": "reached",
      "linux-4.4": "reached",
      "linux-3.10": "not reached",
      "rfc9293": "reached"
    },
    "BOTH": "reached",
    "TM6": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "not applicable",
      "rfc9293": "holds"
    },
    "C1": "holds",
    "DT9": "holds"
  },
  "keepalive-answered": {
    "probed": "reached",
    "probe-answered": "reached",
    "reset-by-the-peer": "reached",
    "TM9": "holds",
    "L12": "holds"
  },
  "keepalive-unanswered": {
    "probed": "reached",
    "killed-by-keepalive": "reached",
    "TM8": "holds",
    "TM9": "holds",
    "N9": "holds"
  },
  "keepalive-disturbed": {
    "probed": "reached",
    "probe-put-off": "reached",
    "gave-up": "reached",
    "TM2": "holds",
    "TM3": "holds",
    "TM5": "holds",
    "TM8": "holds"
  },
  "user-timeout": {
    "gave-up": "reached",
    "TM2": "violated",
    "TM3": "holds",
    "TM5": "violated",
    "L16": "holds"
  },
  "text-given-up": {
    "gave-up": "reached",
    "TM2": "holds",
    "TM3": "holds",
    "TM5": "holds",
    "N5": "holds",
    "L16": "holds"
  },
  "orphan-given-up": {
    "gave-up": "reached",
    "C11": "holds",
    "TM3": "holds",
    "TM5": "holds",
    "B5": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "L8": "holds",
    "L10": "holds",
    "L16": "holds"
  },
  "too-many-orphans": {
    "orphan-reset": "reached",
    "reset-by-the-peer": "reached",
    "C9": "violated",
    "B2": "holds",
    "N9": "holds",
    "TM9": "holds"
  },
  "TIME_WAIT-meets-segments": {
    "in-TIME_WAIT": "reached",
    "restarted": "reached",
    "assassinated": "reached",
    "reopened": "reached",
    "W2": "holds",
    "W3": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    },
    "W6": "holds",
    "W8": "holds",
    "W9": "holds",
    "W12": "holds",
    "L11": {
      "linux-6.18": "violated",
      "linux-6.1": "violated",
      "linux-5.10": "violated",
      "linux-4.9": "violated",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    }
  },
  "assassination": {
    "in-TIME_WAIT": "reached",
    "assassinated": "reached",
    "W1": "holds",
    "W3": "holds",
    "W12": "holds",
    "P2": "holds",
    "L11": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    }
  },
  "assassination-forbidden": {
    "in-TIME_WAIT": "reached",
    "assassinated": "not reached",
    "W1": "holds",
    "W3": "holds",
    "W12": "holds",
    "P2": "holds",
    "L11": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    }
  },
  "TIME_WAIT-taken-over": {
    "taken-over": "reached",
    "in-TIME_WAIT": "reached",
    "BOTH": "reached",
    "W6": "holds",
    "W7": "holds",
    "W11": "holds",
    "L1": "holds"
  },
  "TIME_WAIT-taken-over-by-bind": {
    "taken-over": "reached",
    "in-TIME_WAIT": "reached",
    "BOTH": "reached",
    "W6": "holds",
    "W7": "holds",
    "W11": "violated",
    "L1": "holds"
  },
  "ports-used-up": {
    "in-TIME_WAIT": "reached",
    "taken-over": "not reached",
    "reincarnated": "reached",
    "W1": "holds",
    "W7": "holds",
    "L1": "holds",
    "L11": "holds"
  },
  "no-room-for-TIME_WAIT": {
    "no-room": "reached",
    "in-TIME_WAIT": "not reached",
    "W4": "holds",
    "W5": "violated",
    "W8": "violated",
    "N11": "holds",
    "TM9": "holds",
    "L14": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    }
  },
  "TIME_WAIT-lost-to-a-full-queue": {
    "in-TIME_WAIT": {
      "linux-6.18": "reached",
      "linux-6.1": "not reached",
      "linux-5.10": "not reached",
      "linux-4.9": "not reached",
      "linux-4.4": "not reached",
      "linux-3.10": "reached",
      "rfc9293": "reached"
    },
    "SYN-dropped": {
      "linux-6.18": "reached",
      "linux-6.1": "not reached",
      "linux-5.10": "not reached",
      "linux-4.9": "not reached",
      "linux-4.4": "not reached",
      "linux-3.10": "not reached",
      "rfc9293": "not reached"
    },
    "W9": {
      "linux-6.18": "holds",
      "linux-6.1": "not applicable",
      "linux-5.10": "not applicable",
      "linux-4.9": "not applicable",
      "linux-4.4": "not applicable",
      "linux-3.10": "holds",
      "rfc9293": "holds"
    },
    "W10": {
      "linux-6.18": "violated",
      "linux-6.1": "not applicable",
      "linux-5.10": "not applicable",
      "linux-4.9": "not applicable",
      "linux-4.4": "not applicable",
      "linux-3.10": "not applicable",
      "rfc9293": "not applicable"
    },
    "Q1": {
      "linux-6.18": "holds",
      "linux-6.1": "holds",
      "linux-5.10": "holds",
      "linux-4.9": "holds",
      "linux-4.4": "holds",
      "linux-3.10": "holds",
      "rfc9293": "violated"
    }
  },
  "old-duplicates": {
    "reincarnated": "reached",
    "old-segment-meets-new": "reached",
    "W7": "holds",
    "W1": "holds"
  }
}
