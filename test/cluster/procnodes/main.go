// Command procnodes registers nodes in a Kubernetes cluster and runs the pods bound to them as real
// local processes. It is a test double for kubelet + container runtime + device plugin, nothing more.
//
//	procnodes run --config nodes.json     the node program
//	procnodes pki DIR FILE=USER/GROUP...  writes the certificates of a throw-away cluster
//	procnodes supervise DIR               starts and ends the programs of a cluster (see supervise.go)
//	procnodes init SPEC                   internal: first process of a container (see init_linux.go)
package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/klog/v2"
)

func main() {
	command, args := "", []string{}
	if len(os.Args) > 1 {
		command, args = os.Args[1], os.Args[2:]
	}
	var err error
	switch {
	case command == "init" && len(args) == 1:
		containerInit(args[0]) // does not return
	case command == "pki" && len(args) > 0:
		err = makePKI(args[0], args[1:])
	case command == "supervise" && len(args) == 1:
		err = supervise(args[0])
	case command == "run":
		flags := flag.NewFlagSet("run", flag.ExitOnError)
		klog.InitFlags(flags)
		file := flags.String("config", "nodes.json", "configuration file")
		_ = flags.Parse(args)
		err = run(*file)
	default:
		err = fmt.Errorf("usage: procnodes run --config FILE | pki DIR FILE=USER/GROUP... | supervise DIR")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "procnodes:", err)
		os.Exit(1)
	}
}

func run(file string) error {
	cfg, err := loadConfig(file)
	if err != nil {
		return err
	}
	rc, err := clientcmd.BuildConfigFromFlags("", cfg.Kubeconfig)
	if err != nil {
		return err
	}
	rc.QPS, rc.Burst = 200, 400
	cs, err := kubernetes.NewForConfig(rc)
	if err != nil {
		return err
	}
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer cancel()

	isolation, err := setupIsolation(cfg)
	if err != nil {
		return err
	}
	defer teardownIsolation(cfg)
	if err := waitForAPI(ctx, cs); err != nil {
		return err
	}
	klog.InfoS("isolation of containers", "mode", isolation)

	kl, err := net.Listen("tcp", cfg.Listen)
	if err != nil {
		return err
	}
	ml, err := net.Listen("tcp", cfg.MetricsListen)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(cfg.StateDir, "metrics.addr"), []byte(ml.Addr().String()), 0o644); err != nil {
		return err
	}
	m := newManager(cfg, cs, rc.Host, kl.Addr().(*net.TCPAddr).Port)
	go m.serveMetrics(ml)
	go m.serveKubelet(kl)
	go m.sampleUsage(ctx)
	if err := m.start(ctx); err != nil {
		return err
	}
	go m.runProvisioner(ctx)
	<-ctx.Done()
	m.shutdown()
	return nil
}

// waitForAPI waits until the API server is ready: the supervisor starts all programs at once.
func waitForAPI(ctx context.Context, cs kubernetes.Interface) error {
	for {
		if err := cs.Discovery().RESTClient().Get().AbsPath("/readyz").Do(ctx).Error(); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}
