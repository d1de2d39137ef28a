package main

import (
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"time"

	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/cri-streaming/pkg/streaming/portforward"
	"k8s.io/cri-streaming/pkg/streaming/remotecommand"
	"k8s.io/klog/v2"
)

// The kubelet endpoints that the API server calls, for the pods of all nodes on one port. Exec, attach and
// port-forward use the library that kubelet and containerd use (SPDY and WebSocket).
const (
	idleTimeout     = 4 * time.Hour
	creationTimeout = 30 * time.Second
)

// Without v5: the library exports that name, but has no SPDY handler for it (a nil handler panics, the client sees
// "Timeout occurred"). Clients still get v5: the API server translates their WebSocket v5 to SPDY v4.
var execProtocols = []string{remotecommand.StreamProtocolV4Name, remotecommand.StreamProtocolV3Name, remotecommand.StreamProtocolV2Name, remotecommand.StreamProtocolV1Name}
var forwardProtocols = []string{portforward.ProtocolV1Name}

func (m *Manager) serveKubelet(l net.Listener) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "ok") })
	mux.HandleFunc("GET /containerLogs/{ns}/{pod}/{container}", m.handleLogs)
	for _, method := range []string{"GET", "POST"} {
		mux.HandleFunc(method+" /exec/{ns}/{pod}/{container}", m.handleExec)
		mux.HandleFunc(method+" /attach/{ns}/{pod}/{container}", m.handleAttach)
		mux.HandleFunc(method+" /portForward/{ns}/{pod}", m.handleForward)
	}
	cert, err := tls.LoadX509KeyPair(m.cfg.TLSCert, m.cfg.TLSKey)
	if err != nil {
		klog.ErrorS(err, "kubelet certificate")
		os.Exit(1)
	}
	// HTTP/1.1 only: SPDY and WebSocket upgrades do not exist in HTTP/2
	s := &http.Server{Handler: mux, ReadHeaderTimeout: 30 * time.Second, TLSConfig: &tls.Config{Certificates: []tls.Certificate{cert}, NextProtos: []string{"http/1.1"}}}
	klog.ErrorS(s.ServeTLS(l, "", ""), "kubelet endpoint ended")
}

// container finds the container a request names. The texts are kubelet's: the API server hands them on.
func (m *Manager) container(w http.ResponseWriter, r *http.Request) (*Pod, *Container) {
	ns, pod, name := r.PathValue("ns"), r.PathValue("pod"), r.PathValue("container")
	p := m.find(ns, pod)
	if p == nil {
		http.Error(w, fmt.Sprintf("pod %q not found", pod), http.StatusNotFound)
		return nil, nil
	}
	for _, c := range p.everyContainer() {
		if c.spec.Name == name || name == "" {
			return p, c
		}
	}
	http.Error(w, fmt.Sprintf("container %s not found in pod %s_%s", name, pod, ns), http.StatusNotFound)
	return nil, nil
}

func (m *Manager) handleLogs(w http.ResponseWriter, r *http.Request) {
	p, c := m.container(w, r)
	if c == nil {
		return
	}
	o, err := logOptions(r.URL.Query())
	if err != nil {
		http.Error(w, err.Error(), http.StatusUnprocessableEntity)
		return
	}
	c.mu.Lock()
	log, waiting := c.log, c.state.Waiting
	if o.Previous {
		log = c.prevLog
		if waiting != nil && c.last.Terminated != nil { // in back-off the last run is "previous" and current at once
			log = c.log
		}
	}
	c.mu.Unlock()
	if log == nil {
		text := fmt.Sprintf("previous terminated container %q in pod %q not found", c.spec.Name, p.name)
		if !o.Previous {
			reason := "ContainerCreating"
			if waiting != nil {
				reason = waiting.Reason
			}
			text = fmt.Sprintf("container %q in pod %q is waiting to start: %s", c.spec.Name, p.name, reason)
			if reason == "ErrImagePull" || reason == "ImagePullBackOff" {
				text = fmt.Sprintf("container %q in pod %q is waiting to start: trying and failing to pull image", c.spec.Name, p.name)
			}
		}
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, text)
		return
	}
	w.Header().Set("Content-Type", "text/plain")
	w.WriteHeader(http.StatusOK)
	rc := http.NewResponseController(w)
	_ = rc.Flush()
	if err := log.stream(r.Context(), w, func() { _ = rc.Flush() }, o); err != nil {
		klog.ErrorS(err, "log", "pod", p.ns+"/"+p.name)
	}
}

func logOptions(q url.Values) (*v1.PodLogOptions, error) {
	o := &v1.PodLogOptions{Follow: isTrue(q.Get("follow")), Previous: isTrue(q.Get("previous")), Timestamps: isTrue(q.Get("timestamps"))}
	num := func(name string, least int64) (*int64, error) {
		s := q.Get(name)
		if s == "" || (name == "tailLines" && s == "all") {
			return nil, nil
		}
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || n < least {
			return nil, fmt.Errorf("invalid %s %q", name, s)
		}
		return &n, nil
	}
	var err error
	if o.TailLines, err = num("tailLines", 0); err != nil {
		return nil, err
	}
	if o.LimitBytes, err = num("limitBytes", 1); err != nil {
		return nil, err
	}
	if o.SinceSeconds, err = num("sinceSeconds", 1); err != nil {
		return nil, err
	}
	if s := q.Get("sinceTime"); s != "" {
		t, err := time.Parse(time.RFC3339Nano, s)
		if err != nil {
			return nil, err
		}
		mt := metav1.NewTime(t)
		o.SinceTime = &mt
	}
	if s := q.Get("stream"); s != "" {
		o.Stream = &s
	}
	return o, nil
}

func isTrue(s string) bool { b, _ := strconv.ParseBool(s); return b }

func (m *Manager) handleExec(w http.ResponseWriter, r *http.Request) {
	p, c := m.container(w, r)
	if c == nil {
		return
	}
	opts, err := remotecommand.NewOptions(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if c.current() == nil {
		http.Error(w, fmt.Sprintf("container not found (%q)", c.spec.Name), http.StatusInternalServerError)
		return
	}
	remotecommand.ServeExec(w, r, streams{c}, p.name, string(p.uid), c.spec.Name, r.URL.Query()["command"], opts, idleTimeout, creationTimeout, execProtocols)
}

func (m *Manager) handleAttach(w http.ResponseWriter, r *http.Request) {
	p, c := m.container(w, r)
	if c == nil {
		return
	}
	opts, err := remotecommand.NewOptions(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	remotecommand.ServeAttach(w, r, streams{c}, p.name, string(p.uid), c.spec.Name, opts, idleTimeout, creationTimeout, execProtocols)
}

func (m *Manager) handleForward(w http.ResponseWriter, r *http.Request) {
	p, c := m.container(w, r)
	if c == nil {
		return
	}
	opts, err := portforward.NewV4Options(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	portforward.ServePortForward(w, r, forwarder{p}, p.name, string(p.uid), opts, idleTimeout, creationTimeout, forwardProtocols)
}
