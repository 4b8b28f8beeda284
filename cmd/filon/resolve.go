package main

import (
	"context"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"
)

// resolveFlag is --resolve, shared by the commands that visit sites.
func resolveFlag(say *speaker) cli.Flag {
	return &cli.StringSliceFlag{Name: "resolve", Usage: say.in(T{
		FR: "joindre un serveur à cette adresse IP (`HÔTE:PORT:ADRESSE`), comme curl ; répétable",
		EN: "reach a server at this IP address (`HOST:PORT:ADDR`), like curl; repeatable"})}
}

// parseResolve reads the values of --resolve into a map from host:port to ip:port. ADDR is an IP
// address, IPv6 with or without brackets, which may carry a port of its own.
func parseResolve(values []string) (map[string]string, error) {
	to := map[string]string{}
	for _, v := range values {
		host, port, addr, ok := splitResolve(v)
		if !ok {
			return nil, askedWrongly(T{FR: "--resolve ne peut pas valoir %q", EN: "--resolve cannot be %q"}.with(v),
				T{FR: "écrivez HÔTE:PORT:ADRESSE, par exemple www.exemple.fr:443:10.0.0.7", EN: "write HOST:PORT:ADDR, for example www.example.com:443:10.0.0.7"})
		}
		to[net.JoinHostPort(strings.ToLower(host), port)] = addr
	}
	return to, nil
}

func splitResolve(v string) (host, port, addr string, ok bool) {
	rest := v
	if strings.HasPrefix(v, "[") {
		host, rest, ok = strings.Cut(v[1:], "]:")
	} else {
		host, rest, ok = strings.Cut(v, ":")
	}
	if !ok || host == "" {
		return "", "", "", false
	}
	port, rest, ok = strings.Cut(rest, ":")
	if !ok || !isPort(port) {
		return "", "", "", false
	}
	ip, ipPort := strings.TrimSuffix(strings.TrimPrefix(rest, "["), "]"), port
	if net.ParseIP(ip) == nil {
		var err error
		if ip, ipPort, err = net.SplitHostPort(rest); err != nil || net.ParseIP(ip) == nil || !isPort(ipPort) {
			return "", "", "", false
		}
	}
	return host, port, net.JoinHostPort(ip, ipPort), true
}

func isPort(s string) bool {
	n, err := strconv.ParseUint(s, 10, 16)
	return err == nil && n > 0
}

// dialer connects as --resolve says, and by DNS for any other host. It gives up after timeout.
func dialer(resolve map[string]string, timeout time.Duration) func(ctx context.Context, network, addr string) (net.Conn, error) {
	d := net.Dialer{Timeout: timeout}
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		if to, ok := resolve[strings.ToLower(addr)]; ok {
			addr = to
		}
		return d.DialContext(ctx, network, addr)
	}
}
