import type { Cli } from '../cli.ts';
import { EXIT } from '../exit.ts';

/** `completion`: the script that lets a shell complete; all it does is to ask `gpuctl __complete`. */
export async function completion(cli: Cli, [shell = '']: string[]): Promise<number> {
  await cli.out.write(SCRIPTS[shell] ?? '');
  return EXIT.ok;
}

const SCRIPTS: Readonly<Record<string, string>> = {
  bash: `# source <(gpuctl completion bash)
_gpuctl() {
  local line words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  COMPREPLY=()
  while IFS= read -r line; do
    case "$line" in
      :files) compopt -o default 2>/dev/null; COMPREPLY=(); return ;;
      "\${COMP_WORDS[COMP_CWORD]}"*) COMPREPLY+=("\${line%%$'\\t'*}") ;;
    esac
  done < <("\${COMP_WORDS[0]}" __complete -- "\${words[@]}" 2>/dev/null)
}
complete -F _gpuctl gpuctl
`,
  zsh: `#compdef gpuctl
# source <(gpuctl completion zsh)
_gpuctl() {
  local line
  local -a found
  for line in "\${(@f)$("\${words[1]}" __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    if [[ "$line" == ":files" ]]; then _files; return; fi
    [[ -n "$line" ]] && found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  (( \${#found} )) && _describe gpuctl found
}
compdef _gpuctl gpuctl
`,
  fish: `# gpuctl completion fish | source
function __gpuctl_complete
  set -l words (commandline -opc) (commandline -ct)
  for line in ($words[1] __complete -- $words[2..-1] 2>/dev/null)
    if test "$line" = ":files"
      __fish_complete_path (commandline -ct)
    else
      echo $line
    end
  end
end
complete -c gpuctl -f -a '(__gpuctl_complete)'
`,
  powershell: `# gpuctl completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName gpuctl -ScriptBlock {
  param($word, $ast, $at)
  $words = @($ast.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  if ($word -eq '') { $words += ' ' }
  & gpuctl __complete '--' @words 2>$null | Where-Object { $_ -ne ':files' } | ForEach-Object {
    $value, $about = $_ -split "\\t", 2
    if ($value.StartsWith($word)) {
      [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $(if ($about) { $about } else { $value }))
    }
  }
}
`,
};
