package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	authv1 "k8s.io/api/authentication/v1"
	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// mount is one bind mount into a container.
type mount struct {
	Source   string `json:"source"`
	Target   string `json:"target"`
	ReadOnly bool   `json:"readOnly"`
	File     bool   `json:"file"`
}

// setUpVolume makes the directory (or file) behind a volume and returns its path.
func (p *Pod) setUpVolume(ctx context.Context, v *v1.Volume) (string, error) {
	dir := filepath.Join(p.dir, "volumes", v.Name)
	mk := func() error { return os.MkdirAll(dir, 0o777) }
	switch {
	case v.EmptyDir != nil:
		return dir, mk()
	case v.HostPath != nil:
		return p.m.cfg.hostPath(v.HostPath)
	case v.ConfigMap != nil:
		d, err := p.m.configMap(ctx, p.ns, v.ConfigMap.Name)
		return dir, p.writeFiles(dir, v.ConfigMap.Items, d, v.ConfigMap.Optional, err)
	case v.Secret != nil:
		d, err := p.m.secret(ctx, p.ns, v.Secret.SecretName)
		return dir, p.writeFiles(dir, v.Secret.Items, d, v.Secret.Optional, err)
	case v.DownwardAPI != nil:
		return dir, p.writeDownward(dir, v.DownwardAPI.Items)
	case v.Projected != nil:
		for _, s := range v.Projected.Sources {
			var err error
			switch {
			case s.ConfigMap != nil:
				d, e := p.m.configMap(ctx, p.ns, s.ConfigMap.Name)
				err = p.writeFiles(dir, s.ConfigMap.Items, d, s.ConfigMap.Optional, e)
			case s.Secret != nil:
				d, e := p.m.secret(ctx, p.ns, s.Secret.Name)
				err = p.writeFiles(dir, s.Secret.Items, d, s.Secret.Optional, e)
			case s.DownwardAPI != nil:
				err = p.writeDownward(dir, s.DownwardAPI.Items)
			case s.ServiceAccountToken != nil:
				err = p.writeToken(ctx, dir, s.ServiceAccountToken)
			}
			if err != nil {
				return "", err
			}
		}
		return dir, mk()
	case v.PersistentVolumeClaim != nil:
		return p.claimDir(ctx, v.PersistentVolumeClaim.ClaimName)
	}
	return "", fmt.Errorf("volume type not supported by process nodes")
}

// hostPath gives what stands for a path of the host: the same path below the cluster's own folder, one for all nodes (as
// a shared file system would be). Nothing outside that folder is ever touched.
func (c *Config) hostPath(h *v1.HostPathVolumeSource) (string, error) {
	path := filepath.Join(c.HostPathDir, filepath.Clean("/"+h.Path))
	t := v1.HostPathUnset
	if h.Type != nil {
		t = *h.Type
	}
	switch t {
	case v1.HostPathDirectoryOrCreate, v1.HostPathUnset: // the runtime, too, makes a missing directory
		if _, err := os.Stat(path); os.IsNotExist(err) {
			return path, os.MkdirAll(path, 0o777)
		}
		return path, nil
	case v1.HostPathFileOrCreate:
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return "", err
		}
		f, err := os.OpenFile(path, os.O_CREATE, 0o644)
		if err == nil {
			err = f.Close()
		}
		return path, err
	}
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("hostPath type check failed: %s is not a %s", h.Path, strings.ToLower(string(t)))
	}
	return path, nil
}

// claimDir finds the directory of a bound claim (a hostPath volume, see provisioner.go).
func (p *Pod) claimDir(ctx context.Context, claim string) (string, error) {
	pvc, err := p.m.cs.CoreV1().PersistentVolumeClaims(p.ns).Get(ctx, claim, metav1.GetOptions{})
	if err != nil {
		return "", shortNotFound(err)
	}
	if pvc.Status.Phase != v1.ClaimBound {
		return "", fmt.Errorf("PVC is not bound")
	}
	pv, err := p.m.cs.CoreV1().PersistentVolumes().Get(ctx, pvc.Spec.VolumeName, metav1.GetOptions{})
	if err != nil {
		return "", err
	}
	if pv.Spec.HostPath == nil {
		return "", fmt.Errorf("only hostPath volumes are supported")
	}
	if pv.Annotations[provisionedBy] == provisionerName {
		return p.m.claimDirectory(pv.Name), nil
	}
	return p.m.cfg.hostPath(pv.Spec.HostPath)
}

func (p *Pod) writeFiles(dir string, items []v1.KeyToPath, data map[string]string, optional *bool, err error) error {
	if err != nil {
		if optional == nil || !*optional {
			return shortNotFound(err)
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if items == nil {
		for k := range data {
			items = append(items, v1.KeyToPath{Key: k, Path: k})
		}
	}
	for _, i := range items {
		s, ok := data[i.Key]
		if !ok {
			if optional != nil && *optional {
				continue
			}
			return fmt.Errorf("references non-existent config key: %s", i.Key)
		}
		if err := put(filepath.Join(dir, i.Path), s); err != nil {
			return err
		}
	}
	return nil
}

func (p *Pod) writeDownward(dir string, items []v1.DownwardAPIVolumeFile) error {
	for _, i := range items {
		var s string
		var err error
		if i.FieldRef != nil {
			s, err = p.field(i.FieldRef.FieldPath)
		} else if i.ResourceFieldRef != nil {
			s, err = p.resourceField(&v1.Container{}, i.ResourceFieldRef)
		}
		if err == nil {
			err = put(filepath.Join(dir, i.Path), s)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *Pod) writeToken(ctx context.Context, dir string, s *v1.ServiceAccountTokenProjection) error {
	tr := &authv1.TokenRequest{Spec: authv1.TokenRequestSpec{ExpirationSeconds: s.ExpirationSeconds,
		BoundObjectRef: &authv1.BoundObjectReference{Kind: "Pod", APIVersion: "v1", Name: p.name, UID: p.uid}}}
	if s.Audience != "" {
		tr.Spec.Audiences = []string{s.Audience}
	}
	tr, err := p.m.cs.CoreV1().ServiceAccounts(p.ns).CreateToken(ctx, p.spec.ServiceAccountName, tr, metav1.CreateOptions{})
	if err != nil {
		return err
	}
	return put(filepath.Join(dir, s.Path), tr.Status.Token)
}

func put(file, text string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(text), 0o644)
}

// mounts lists the bind mounts of a container.
func (p *Pod) mounts(c *v1.Container, env map[string]string) ([]mount, error) {
	var out []mount
	for _, vm := range c.VolumeMounts {
		src, ok := p.volumes[vm.Name]
		if !ok {
			return nil, fmt.Errorf("volume %q not set up", vm.Name)
		}
		sub := vm.SubPath
		if vm.SubPathExpr != "" {
			sub = expand(vm.SubPathExpr, env)
		}
		if sub != "" {
			if strings.Contains(sub, "..") {
				return nil, fmt.Errorf("subPath %q must not contain ..", sub)
			}
			src = filepath.Join(src, sub)
			if _, err := os.Stat(src); os.IsNotExist(err) {
				if err := os.MkdirAll(src, 0o777); err != nil {
					return nil, err
				}
			}
		}
		st, err := os.Stat(src)
		if err != nil {
			return nil, err
		}
		out = append(out, mount{Source: src, Target: vm.MountPath, ReadOnly: vm.ReadOnly, File: !st.IsDir()})
	}
	return out, nil
}
