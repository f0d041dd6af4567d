/** Names that tcpdump, ss and netstat print for ports when they are not told not to (-n). */

/** Those of TCP in the /etc/services of Debian, and what else is met often. IANA: Service Name and Port Number Registry */
const NAMES = `
tcpmux 1 echo 7 discard 9 sink 9 null 9 systat 11 users 11 daytime 13 netstat 15 qotd 17 quote 17 chargen 19
ttytst 19 source 19 ftp-data 20 ftp 21 ssh 22 telnet 23 smtp 25 mail 25 time 37 timserver 37 whois 43
nicname 43 tacacs 49 domain 53 gopher 70 finger 79 http 80 www 80 kerberos 88 kerberos5 88 krb5 88
kerberos-sec 88 iso-tsap 102 tsap 102 acr-nema 104 dicom 104 poppassd 106 pop3 110 pop-3 110 sunrpc 111
portmapper 111 rpcbind 111 auth 113 authentication 113 tap 113 ident 113 nntp 119 readnews 119 untp 119
epmap 135 loc-srv 135 netbios-ssn 139 imap2 143 imap 143 snmp 161 snmp-trap 162 snmptrap 162 cmip-man 163
cmip-agent 164 mailq 174 bgp 179 smux 199 qmtp 209 z3950 210 wais 210 pawserv 345 zserv 346 rpc2portmap 369
codaauth2 370 ldap 389 svrloc 427 https 443 snpp 444 microsoft-ds 445 kpasswd 464 submissions 465 ssmtp 465
smtps 465 urd 465 saft 487 mbap 502 asa-appl-proto 502 exec 512 login 513 shell 514 cmd 514 syslog 514
printer 515 spooler 515 gdomap 538 uucp 540 uucpd 540 klogin 543 kshell 544 krcmd 544 afpovertcp 548 rtsp 554
nntps 563 snntp 563 submission 587 nqs 607 qmqp 628 ipp 631 ldaps 636 ldp 646 tinc 655 hcp-wismar 686 silc 706
kerberos-adm 749 kerberos4 750 kerberos-iv 750 kdc 750 kerberos-master 751 krb-prop 754 krb_prop 754
krb5_prop 754 hprop 754 moira-db 775 moira_db 775 moira-update 777 moira_update 777 spamd 783 domain-s 853
supfilesrv 871 rsync 873 ftps-data 989 ftps 990 telnets 992 imaps 993 pop3s 995 socks 1080 proofd 1093
rootd 1094 rmiregistry 1099 supfiledbg 1127 skkserv 1178 openvpn 1194 rmtcfg 1236 xtel 1313 xtelw 1314
lotusnote 1352 lotusnotes 1352 ms-sql-s 1433 ms-sql-m 1434 ncube-lm 1521 ingreslock 1524 datametrics 1645
old-radius 1645 sa-msg-port 1646 old-radacct 1646 kermit 1649 groupwise 1677 radius 1812 radius-acct 1813
radacct 1813 mqtt 1883 cisco-sccp 2000 nfs 2049 gnunet 2086 rtcm-sc104 2101 gsigatekeeper 2119 iprop 2121
gris 2135 eforward 2181 etcd-client 2379 etcd-server 2380 cvspserver 2401 venus 2430 venus-se 2431 codasrv 2432
codasrv-se 2433 mon 2583 zebrasrv 2600 zebra 2601 ripd 2602 ripngd 2603 ospfd 2604 bgpd 2605 ospf6d 2606
ospfapi 2607 isisd 2608 dict 2628 f5-globalsite 2792 gsiftp 2811 gpsd 2947 hbci 3000 gds-db 3050 gds_db 3050
isns 3205 iscsi-target 3260 msft-gc 3268 mysql 3306 ms-wbt-server 3389 nut 3493 distcc 3632 daap 3689 svn 3690
subversion 3690 suucp 4031 sysrqd 4094 sieve 4190 f5-iquery 4353 epmd 4369 remctl 4373 ntske 4460 fax 4557
hylafax 4559 mtn 4691 radmin-port 4899 munin 4949 lrrd 4949 commplex-main 5000 commplex-link 5001 sip 5060
sip-tls 5061 sips 5061 xmpp-client 5222 jabber-client 5222 xmpp-server 5269 jabber-server 5269 cfengine 5308
postgresql 5432 postgres 5432 freeciv 5556 rptp 5556 nrpe 5666 nsca 5667 amqps 5671 amqp 5672 canna 5680
rfb 5900 vnc-server 5900 x11 6000 x11-0 6000 x11-1 6001 x11-2 6002 x11-3 6003 x11-4 6004 x11-5 6005 x11-6 6006
x11-7 6007 gnutella-svc 6346 gnutella-rtr 6347 redis 6379 sge-qmaster 6444 sge_qmaster 6444 sge-execd 6445
sge_execd 6445 mysql-proxy 6446 syslog-tls 6514 sane-port 6566 sane 6566 saned 6566 ircd 6667 ircs-u 6697
bbs 7000 font-service 7100 xfs 7100 irdmi 8000 zope-ftp 8021 http-alt 8080 webcache 8080 tproxy 8081
sunproxyadmin 8081 us-cli 8082 omniorb 8088 puppet 8140 https-alt 8443 pcsync-https 8443 fmtp 8500 consul 8500
secure-mqtt 8883 ddi-tcp-1 8888 sun-answerbook 8888 ddi-tcp-2 8889 clc-build-daemon 8990 cslistener 9000
websm 9090 cockpit 9090 XmlIpcRegSvc 9092 xinetd 9098 bacula-dir 9101 bacula-fd 9102 bacula-sd 9103
elasticsearch 9200 wap-wsp 9200 vrace 9300 git 9418 xmms2 9667 zope 9673 webmin 10000 zabbix-agent 10050
zabbix-trapper 10051 amanda 10080 kamanda 10081 amandaidx 10082 amidxtape 10083 kubelet 10250 nbd 10809
hkp 11371 sgi-cad 17004 db-lsp 17500 dcap 22125 gsidcap 22128 wnn6 22273 binkp 24554 mongodb 27017 asp 27374
csync2 30865 dircproxy 57000 tfido 60177 fido 60179
`

const words = NAMES.trim().split(/\s+/)
const SERVICES: ReadonlyMap<string, number> = new Map(
  words.flatMap((word, i) => (i % 2 === 0 ? [[word, Number(words[i + 1])] as const] : [])),
)

/** The number of a port, where its name is known. */
export const portNumber = (port: number | string): number | string =>
  typeof port === 'string' ? (SERVICES.get(port) ?? port) : port

/** Whether two tools can mean the same port: a name that is not known here may stand for any number. */
export const maybeSamePort = (a: number | string, b: number | string): boolean => {
  const [one, other] = [portNumber(a), portNumber(b)]
  return one === other || isUnknownName(one) !== isUnknownName(other)
}

const isUnknownName = (port: number | string): boolean => typeof port === 'string' && port !== '*'
