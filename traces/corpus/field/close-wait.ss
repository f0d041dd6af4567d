State      Recv-Q Send-Q Local Address:Port  Peer Address:Port Process
LISTEN     0      128          0.0.0.0:8080        0.0.0.0:*
CLOSE-WAIT 101    0         192.0.2.20:8080     192.0.2.10:45000
