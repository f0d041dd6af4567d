// gVisor's netstack behind the packet pipe, with the services of the suite.
// Debian: apt-get install golang-go golang-gvisor-gvisor-dev, then
//
//	GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$HOME/.cache/go-build go build -o netstack-host host.go
//	halfopen conform pipe:./netstack-host --msl 30
package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"io"
	"log"
	"net"
	"os"
	"time"

	"gvisor.dev/gvisor/pkg/bufferv2"
	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/adapters/gonet"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/link/channel"
	"gvisor.dev/gvisor/pkg/tcpip/network/ipv4"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
	"gvisor.dev/gvisor/pkg/tcpip/transport/tcp"
	"gvisor.dev/gvisor/pkg/waiter"
)

const (
	nic     = 1
	mtu     = 1500
	backlog = 128
	small   = 8192
)

// The ports of the services, as halfopen has them.
const (
	echo    = 7
	discard = 9
	daytime = 13
	chargen = 19
	hold    = 1009
	half    = 1010
	abort   = 1012
	unread  = 1013
	dial    = 1014
)

var services = []uint16{echo, discard, daytime, chargen, hold, half, abort, unread, dial}

// A connection, with its endpoint for what net.Conn does not have.
type connection struct {
	*gonet.TCPConn
	ep tcpip.Endpoint
}

func environment(name, otherwise string) tcpip.Address {
	if value := os.Getenv(name); value != "" {
		otherwise = value
	}
	return tcpip.Address(net.ParseIP(otherwise).To4())
}

func check(what string, err tcpip.Error) {
	if err != nil {
		log.Fatalf("%s: %s", what, err)
	}
}

func toPipe(link *channel.Endpoint) {
	for {
		packet := link.ReadContext(context.Background())
		if packet.IsNil() {
			return
		}
		bytes := packet.ToView().AsSlice()
		whole := binary.BigEndian.AppendUint16(nil, uint16(len(bytes)))
		if _, err := os.Stdout.Write(append(whole, bytes...)); err != nil {
			os.Exit(0)
		}
		packet.DecRef()
	}
}

func fromPipe(link *channel.Endpoint) {
	in := bufio.NewReader(os.Stdin)
	head := make([]byte, 2)
	for {
		if _, err := io.ReadFull(in, head); err != nil {
			return
		}
		bytes := make([]byte, binary.BigEndian.Uint16(head))
		if _, err := io.ReadFull(in, bytes); err != nil {
			return
		}
		packet := stack.NewPacketBuffer(stack.PacketBufferOptions{Payload: bufferv2.MakeWithData(bytes)})
		link.InjectInbound(header.IPv4ProtocolNumber, packet)
		packet.DecRef()
	}
}

// Listens by hand: the adapter hides the endpoint, which SO_LINGER and looking at text need.
func serve(s *stack.Stack, address tcpip.Address, port uint16) {
	queue := new(waiter.Queue)
	listener, err := s.NewEndpoint(tcp.ProtocolNumber, ipv4.ProtocolNumber, queue)
	check("socket", err)
	if port == hold {
		listener.SocketOptions().SetReceiveBufferSize(small, true)
	}
	check("bind", listener.Bind(tcpip.FullAddress{NIC: nic, Addr: address, Port: port}))
	check("listen", listener.Listen(backlog))
	entry, ready := waiter.NewChannelEntry(waiter.ReadableEvents)
	queue.EventRegister(&entry)
	for {
		var peer tcpip.FullAddress
		ep, wq, err := listener.Accept(&peer)
		if _, none := err.(*tcpip.ErrWouldBlock); none {
			<-ready
			continue
		}
		check("accept", err)
		ep.SocketOptions().SetDelayOption(false)
		go answer(s, port, peer, connection{gonet.NewTCPConn(wq, ep), ep})
	}
}

func answer(s *stack.Stack, port uint16, peer tcpip.FullAddress, c connection) {
	switch port {
	case echo:
		io.Copy(c, c)
		c.Close()
	case daytime:
		c.Write([]byte("a line of the day\r\n"))
		c.Close()
	case chargen:
		go io.Copy(io.Discard, c)
		for text := make([]byte, 1460); ; {
			if _, err := c.Write(text); err != nil {
				c.Close()
				return
			}
		}
	case hold:
	case half:
		c.CloseWrite()
		drop(c)
	case abort, unread:
		for c.ep.Readiness(waiter.ReadableEvents) == 0 {
			time.Sleep(time.Millisecond)
		}
		if port == abort {
			c.ep.SocketOptions().SetLinger(tcpip.LingerOption{Enabled: true})
		}
		c.Close()
	case dial:
		go func() {
			peer.Port++
			if called, err := gonet.DialTCP(s, peer, ipv4.ProtocolNumber); err == nil {
				drop(called)
			}
		}()
		drop(c)
	default:
		drop(c)
	}
}

func drop(c net.Conn) {
	io.Copy(io.Discard, c)
	c.Close()
}

func main() {
	address := environment("CONFORM_ADDRESS", "10.0.0.2")
	s := stack.New(stack.Options{
		NetworkProtocols:   []stack.NetworkProtocolFactory{ipv4.NewProtocol},
		TransportProtocols: []stack.TransportProtocolFactory{tcp.NewProtocol},
	})
	link := channel.New(4096, mtu, "")
	check("interface", s.CreateNIC(nic, link))
	own := tcpip.ProtocolAddress{Protocol: ipv4.ProtocolNumber, AddressWithPrefix: tcpip.AddressWithPrefix{Address: address, PrefixLen: 24}}
	check("address", s.AddProtocolAddress(nic, own, stack.AddressProperties{}))
	s.SetRouteTable([]tcpip.Route{{Destination: header.IPv4EmptySubnet, NIC: nic}})
	for _, port := range services {
		go serve(s, address, port)
	}
	go toPipe(link)
	fromPipe(link)
}
