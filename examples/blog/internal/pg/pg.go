// Package pg asks PostgreSQL one question at a time: enough of its protocol for this example, so that
// the example needs no module from outside. A real service uses a driver.
package pg

import (
	"bufio"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Query connects to the database that address names (postgres://user:password@host:port/database),
// runs one statement and returns its rows as text.
func Query(ctx context.Context, address, statement string) ([][]string, error) {
	target, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	dialer := net.Dialer{Timeout: 2 * time.Second}
	socket, err := dialer.DialContext(ctx, "tcp", target.Host)
	if err != nil {
		return nil, err
	}
	defer socket.Close()
	if err := socket.SetDeadline(time.Now().Add(5 * time.Second)); err != nil {
		return nil, err
	}
	c := conn{socket, bufio.NewReader(socket)}
	password, _ := target.User.Password()
	if err := c.login(target.User.Username(), password, strings.TrimPrefix(target.Path, "/")); err != nil {
		return nil, err
	}
	if err := c.send('Q', append([]byte(statement), 0)); err != nil {
		return nil, err
	}
	var rows [][]string
	for {
		kind, body, err := c.receive()
		switch {
		case err != nil:
			return nil, err
		case kind == 'D':
			rows = append(rows, columns(body))
		case kind == 'Z':
			return rows, nil
		}
	}
}

type conn struct {
	net.Conn
	in *bufio.Reader
}

func (c conn) send(kind byte, body []byte) error {
	message := binary.BigEndian.AppendUint32([]byte{kind}, uint32(len(body)+4))
	_, err := c.Write(append(message, body...))
	return err
}

func (c conn) receive() (byte, []byte, error) {
	head := make([]byte, 5)
	if _, err := io.ReadFull(c.in, head); err != nil {
		return 0, nil, err
	}
	body := make([]byte, binary.BigEndian.Uint32(head[1:])-4)
	if _, err := io.ReadFull(c.in, body); err != nil {
		return 0, nil, err
	}
	if head[0] == 'E' {
		for _, field := range strings.Split(string(body), "\x00") {
			if strings.HasPrefix(field, "M") {
				return 0, nil, errors.New(field[1:])
			}
		}
		return 0, nil, errors.New("the database refused")
	}
	return head[0], body, nil
}

// login speaks SCRAM-SHA-256 (RFC 5802, RFC 7677), PostgreSQL's default since 14.
func (c conn) login(user, password, database string) error {
	start := binary.BigEndian.AppendUint32(nil, 3<<16)
	start = append(start, "user\x00"+user+"\x00database\x00"+database+"\x00\x00"...)
	if _, err := c.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(start)+4)), start...)); err != nil {
		return err
	}
	nonce := make([]byte, 18)
	if _, err := rand.Read(nonce); err != nil {
		return err
	}
	bare := "n=,r=" + base64.StdEncoding.EncodeToString(nonce)
	for {
		kind, body, err := c.receive()
		if err != nil {
			return err
		}
		if kind == 'Z' {
			return nil
		}
		if kind != 'R' {
			continue
		}
		switch binary.BigEndian.Uint32(body) {
		case 10:
			first := "n,," + bare
			reply := append([]byte("SCRAM-SHA-256\x00"), binary.BigEndian.AppendUint32(nil, uint32(len(first)))...)
			err = c.send('p', append(reply, first...))
		case 11:
			var last string
			if last, err = proof(password, bare, string(body[4:])); err == nil {
				err = c.send('p', []byte(last))
			}
		case 0, 12:
		default:
			err = errors.New("this example speaks SCRAM-SHA-256 only")
		}
		if err != nil {
			return err
		}
	}
}

func proof(password, bare, challenge string) (string, error) {
	fields := map[string]string{}
	for _, field := range strings.Split(challenge, ",") {
		if name, value, found := strings.Cut(field, "="); found {
			fields[name] = value
		}
	}
	salt, err := base64.StdEncoding.DecodeString(fields["s"])
	if err != nil {
		return "", err
	}
	rounds, err := strconv.Atoi(fields["i"])
	if err != nil {
		return "", fmt.Errorf("rounds: %w", err)
	}
	salted := mac([]byte(password), append(salt, 0, 0, 0, 1))
	last := salted
	for range rounds - 1 {
		last = mac([]byte(password), last)
		salted = xor(salted, last)
	}
	key := mac(salted, []byte("Client Key"))
	stored := sha256.Sum256(key)
	final := "c=biws,r=" + fields["r"]
	signature := mac(stored[:], []byte(bare+","+challenge+","+final))
	return final + ",p=" + base64.StdEncoding.EncodeToString(xor(key, signature)), nil
}

func mac(key, text []byte) []byte {
	hash := hmac.New(sha256.New, key)
	hash.Write(text)
	return hash.Sum(nil)
}

func xor(a, b []byte) []byte {
	result := make([]byte, len(a))
	for i := range a {
		result[i] = a[i] ^ b[i]
	}
	return result
}

func columns(body []byte) []string {
	row := make([]string, binary.BigEndian.Uint16(body))
	body = body[2:]
	for i := range row {
		size := int32(binary.BigEndian.Uint32(body))
		body = body[4:]
		if size >= 0 {
			row[i], body = string(body[:size]), body[size:]
		}
	}
	return row
}
