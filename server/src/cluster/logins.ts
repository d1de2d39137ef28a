import type { ExecEntry } from './kubeconfig.ts';

/** A program that kubeconfigs name for credentials. */
export interface Login {
  /** What people call it, with its maker where its name alone finds something else. */
  name: string;
  /** The command that installs it, where there is one for every system. */
  install?: string;
  /** The command that logs in. */
  login: string;
}

/** It logs in by itself, as soon as it has forgotten what it holds. */
const KUBELOGIN_OIDC: Login = {
  name: 'kubelogin (int128)',
  install: 'kubectl krew install oidc-login',
  login: 'kubectl oidc-login clean',
};
const AWS: Login = { name: 'AWS CLI', login: 'aws sso login' };
const AZURE: Login = { name: 'Azure CLI', login: 'az login' };
const GCLOUD: Login = { name: 'Google Cloud CLI', login: 'gcloud auth login' };

/** By the name of the program, from the makers' own pages. */
const LOGINS: Readonly<Record<string, Login>> = {
  aws: AWS,
  'aws-iam-authenticator': { ...AWS, name: 'aws-iam-authenticator' },
  az: AZURE,
  kubelogin: { name: 'kubelogin (Azure)', install: 'az aks install-cli', login: 'az login' },
  gcloud: GCLOUD,
  'gke-gcloud-auth-plugin': {
    ...GCLOUD,
    name: 'gke-gcloud-auth-plugin',
    install: 'gcloud components install gke-gcloud-auth-plugin',
  },
  doctl: { name: 'doctl (DigitalOcean)', login: 'doctl auth init' },
  oci: { name: 'OCI CLI (Oracle)', login: 'oci session authenticate' },
  tsh: { name: 'tsh (Teleport)', login: 'tsh login' },
  ibmcloud: { name: 'IBM Cloud CLI', login: 'ibmcloud login' },
  'kubectl-oidc_login': KUBELOGIN_OIDC,
};

/** What is known of the program that an entry runs; `kubectl oidc-login` is a program of its own. */
export function loginOf({ command, args }: ExecEntry): Login | undefined {
  const name = (command.split(/[/\\]/).at(-1) ?? '').replace(/\.(exe|cmd|bat)$/i, '');
  if (name === 'kubectl') return args?.[0] === 'oidc-login' ? KUBELOGIN_OIDC : undefined;
  // Two programs have this name; only one of them takes these.
  if (name === 'kubelogin' && args?.some((one) => one.startsWith('--oidc-issuer-url'))) return KUBELOGIN_OIDC;
  return Object.hasOwn(LOGINS, name) ? LOGINS[name] : undefined;
}
