/** What an arriving segment does to requests and connections. */
import type { DialectSays } from './said.ts'

export const arriving = {
  synAckAtListener: {
    source: 'linux: tcp_rcv_state_process · freebsd: tcp_input · RFC 9293 §3.10.7.2',
    says: {
      reset: 'A SYN+ACK for a listener is answered with RST.',
      drop: 'A SYN+ACK for a listener is dropped in silence.',
    },
  },
  synFinAtListener: {
    source: 'linux: tcp_rcv_state_process · freebsd: net.inet.tcp.drop_synfin · RFC 9293 §3.10.7.2',
    says: {
      drop: 'A SYN with FIN for a listener is dropped.',
      'as a SYN': 'A SYN with FIN for a listener opens a connection like any SYN.',
    },
  },
  synFinInSynSent: {
    source: 'linux: tcp_rcv_synsent_state_process · freebsd: tcp_do_segment',
    says: {
      answer: 'A SYN with FIN that crosses our SYN is answered with a SYN+ACK.',
      drop: 'A SYN with FIN that crosses our SYN is dropped.',
    },
  },
  textOnSynAck: {
    source: 'linux: tcp_rcv_synsent_state_process · RFC 9293 §3.10.7.3',
    says: {
      ignore: 'Text on a SYN+ACK is not taken: it has to be sent again.',
      take: 'Text on a SYN+ACK is taken and acknowledged.',
    },
  },
  textOnCrossedSyn: {
    source: 'linux: tcp_rcv_synsent_state_process · RFC 9293 §3.10.7.3',
    says: {
      ignore: 'Text on a SYN that crosses ours is not taken.',
      take: 'Text on a SYN that crosses ours is taken and acknowledged.',
    },
  },
  resetOfCrossed: {
    source: 'linux: tcp_reset · RFC 9293 §3.10.7.4',
    says: {
      ECONNRESET: 'A RST after SYNs have crossed is told as ECONNRESET.',
      ECONNREFUSED: 'A RST after SYNs have crossed is told as ECONNREFUSED.',
    },
  },
  requestJudges: {
    source: 'linux: tcp_check_req · RFC 9293 §3.10.7.4',
    says: {
      'ACK first':
        'A request judges the acknowledged number first: a wrong one is answered with RST, whatever its sequence number.',
      'sequence number first':
        'A request judges the sequence number first: what is out of window is only acknowledged.',
    },
  },
  synAgain: {
    source: 'linux: tcp_check_req · RFC 9293 §3.10.7.4',
    says: {
      'SYN+ACK': 'The SYN of a request that comes again is answered with the SYN+ACK again.',
      acknowledge: 'The SYN of a request that comes again is out of window, and acknowledged.',
    },
  },
  synInRequest: {
    source: 'linux: tcp_check_req · RFC 9293 §3.10.7.4',
    says: {
      reset: 'Another SYN in the window of a request ends it, and is answered with RST.',
      'return to LISTEN': 'Another SYN in the window of a request ends it in silence.',
    },
  },
  textOverFin: {
    source: 'linux: tcp_rcv_state_process · RFC 9293 §3.10.7.4',
    says: {
      reset: 'Text that reaches over the FIN of its sender is answered with RST.',
      ignore: 'Text that reaches over the FIN of its sender is ignored.',
    },
  },
  wrongSynAck: {
    source: 'linux: tcp_rcv_synsent_state_process',
    says: {
      'SYN again at once': 'An ACK that is not of our SYN is reset, and the SYN is sent again at once.',
      wait: 'An ACK that is not of our SYN is reset, and the SYN waits for its timer.',
    },
  },
  strangeEcho: {
    source: 'linux: tcp_rcv_synsent_state_process',
    says: {
      reset: 'In SYN_SENT an ACK of the SYN that echoes no timestamp of it is reset, and the SYN waits for its timer.',
      'not judged': 'In SYN_SENT the echo of a timestamp is not looked at.',
    },
  },
  challengeLimit0: {
    source: 'linux: tcp_send_challenge_ack, get_random_u32_inclusive',
    says: {
      'no limit': 'tcp_challenge_ack_limit 0 limits nothing.',
      'no challenge': 'With tcp_challenge_ack_limit 0 there are no challenge ACKs.',
    },
  },
  resetOfRequest: {
    source: 'linux: tcp_check_req · RFC 5961 §3',
    says: {
      exact: 'Only a RST with exactly the expected number ends a request; others in the window are challenged.',
      'in window': 'Any RST in the window ends a request.',
    },
  },
  beyondWindow: {
    source: 'linux: tcp_validate_incoming',
    says: {
      counted: 'What lies beyond the window of a connection counts BeyondWindow.',
      'not counted': 'What lies beyond the window of a connection is counted like all that is out of it.',
    },
  },
  windowEdges: {
    source: 'linux: tcp_sequence · RFC 9293 §3.4 table 6',
    says: {
      included: 'A segment may touch either edge of the window.',
      'as written': 'A segment must lie inside the window.',
    },
  },
  resetAfterFin: {
    source: 'linux: tcp_reset_check · RFC 5961 §3',
    says: {
      exact: 'Only a RST with exactly the expected number ends a connection.',
      'exact or one below': 'After a FIN a RST one number below the expected one ends a connection, too.',
    },
  },
  bareSyn: {
    source: 'linux: tcp_validate_incoming · RFC 5961 §4',
    says: {
      challenge: 'A SYN without ACK that meets a connection is challenged.',
      drop: 'A SYN without ACK that meets a connection is dropped.',
    },
  },
  synFromThePast: {
    source: 'linux: tcp_validate_incoming · RFC 7323 §5.3',
    says: {
      challenge: 'A SYN with an old timestamp that meets a connection is challenged like any other.',
      acknowledge:
        'A SYN with an old timestamp that meets a connection is acknowledged, and is no challenge in the counters.',
    },
  },
  ackFromThePast: {
    source: 'linux: tcp_validate_incoming · RFC 7323 §5.3',
    says: {
      drop: 'An ACK that is old by its number and its timestamp is dropped in silence.',
      acknowledge: 'An ACK that is old by its number and its timestamp is acknowledged.',
    },
  },
  ackOfUnsent: {
    source: 'linux: tcp_ack · RFC 9293 §3.10.7.4',
    says: {
      challenge: 'In ESTABLISHED an ACK of what was never sent is challenged.',
      drop: 'In ESTABLISHED an ACK of what was never sent is dropped in silence.',
    },
  },
  crossedSynAck: {
    source: 'linux: tcp_validate_incoming, 6.11 · RFC 9293 §3.5 figure 8',
    says: {
      accept: 'When SYNs have crossed, the SYN+ACK that follows is taken.',
      challenge: 'When SYNs have crossed, the SYN+ACK that follows is challenged, and the ACK of that opens.',
    },
  },
} as const satisfies Partial<DialectSays>
