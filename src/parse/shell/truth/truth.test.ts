/** The Assay view of shell scripts: what is fetched and installed or run without fixed content. */
import { describe, expect, test } from 'vitest';
import { dockerfileInstalls, readDockerfile } from '../../dockerfile/index.ts';
import { analyzePowershell, analyzeShell, analyzeWorkflowScript, newShellMemory } from '../index.ts';

/** `type verdict why` of all records. */
function judged(script: string): string[] {
  const { records, errors } = analyzeShell(script);
  expect(errors).toEqual([]);
  return records.map(({ type, truth }) => `${type} ${truth?.verdict} ${truth?.why}`);
}

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const HASH = 'a'.repeat(64);

describe('downloads that are run unchecked', () => {
  test.each([
    'curl http://x/i | bash',
    'curl http://x/i | sudo -E bash',
    'curl http://x/i | sudo -u me bash -s -- -y',
    'curl http://x/i | env X=1 bash',
    'curl http://x/i | command bash',
    'curl http://x/i | tee f | bash',
    'curl http://x/i | gunzip | sh',
    'curl http://x/i | sed s/a/b/ | bash',
    '(curl http://x/i) | bash',
    '{ curl http://x/i; } | bash',
    'curl http://x/i | (bash)',
    'curl http://x/i |& bash',
    'curl http://x/i | zsh',
    'curl http://x/i | python3 -',
    'curl http://x/i | python3',
    'curl http://x/i | perl - App::cpanminus',
    'curl http://x/i | bash /dev/stdin --yes',
    'curl http://x/i | source /dev/stdin',
    'curl http://x/i | su - me',
    'curl http://x/i | ssh host bash -s',
    'curl http://x/i | docker exec -i c sh',
    'wget -qO- http://x/i | sh',
    'wget --output-document=- http://x/i | sh',
    'aws s3 cp s3://b/f - | bash',
    'bash <(curl http://x/i)',
    'bash -x <(curl http://x/i)',
    'sudo bash <(curl http://x/i) -y',
    'source <(curl http://x/i)',
    '. <(curl http://x/i)',
    'bash < <(curl http://x/i)',
    'sh -c "$(curl http://x/i)"',
    'sh -c "$(wget -qO- http://x/i)" -- -y',
    'sudo -E bash -c "`curl http://x/i`"',
    'eval "$(curl http://x/i)"',
    'eval $(curl http://x/i)',
    'bash <<< "$(curl http://x/i)"',
    'echo "$(curl http://x/i)" | sh',
    'i=$(curl http://x/i); eval "$i"',
    'i=$(curl http://x/i)\necho "$i" | bash',
    'i=$(curl http://x/i)\nbash -c "$i"',
    'i="$(curl http://x/i)"\nbash <<< "$i"',
    'bash -c "curl http://x/i | sh"',
    'bash -c "cd $d && curl http://x/i | sh"',
    'zsh -c "curl http://x/i | sh"',
    'docker run i bash -c "curl http://x/i | sh"',
    'bash <<E\ncurl http://x/i | sh\nE',
    "sudo bash -s <<'E'\ncurl http://x/i | sh\nE",
    'cat <<E | bash\ncurl http://x/i | sh\nE',
    'curl -o f http://x/i; sh f',
    'curl -fsSLo f.sh http://x/i && bash f.sh',
    'curl --output f http://x/i; sh f',
    'curl --output=f http://x/i; sh f',
    'curl -O http://x/f; sh f',
    'curl -LO "http://x/f.sh?a=b"; sh ./f.sh',
    'curl --remote-name http://x/f; sh f',
    'curl --output-dir /tmp -O http://x/f.sh; sh /tmp/f.sh',
    'curl http://x/i > "f"; bash f',
    'curl http://x/i >> f; bash f',
    'curl http://x/i > f; zsh f',
    'curl http://x/i > f; . f',
    'curl http://x/i > f; source ./f',
    'curl http://x/i > f; cat f | bash',
    'curl http://x/i > f; bash < f',
    'wget -qO f http://x/i; sh f',
    'wget "http://x/f.sh"; bash f.sh',
    'wget http://x/f.sh -P d; bash d/f.sh',
    'wget http://x/f; chmod +x f; ./f',
    'wget http://x/f.sh; chmod 755 f.sh && sudo ./f.sh',
    'curl -o "$T/f.sh" http://x/i; bash "${T}/f.sh"',
    'f=/tmp/f.sh; curl -o $f http://x/i; sh /tmp/f.sh',
    'curl -o /tmp/f.sh http://x/i; cd /tmp; ./f.sh',
    'curl http://x/i | tee f.sh >/dev/null; sh f.sh',
    'curl http://x/f.gz | gunzip > f; chmod +x f; ./f',
    'curl -O http://x/f.gz; gunzip f.gz; ./f',
    'curl -o a http://x/i; mv a b; sh b',
    'aria2c -o f http://x/i; sh f',
    'gh release download v1 -p "f.sh"; bash f.sh',
    'gsutil cp gs://b/f g; bash g',
    'aws s3 cp s3://b/f f; bash f',
    'curl -O http://x/f.jar; java -jar f.jar',
    'curl -O http://x/f.py; python3 f.py',
    `curl -sSf https://raw.githubusercontent.com/o/r/main/i.sh | bash`,
    'curl http://x/i > f; sha256sum f; sh f',
    'curl http://x/i > f; # sha256sum -c\nsh f',
    'curl http://x/i > f; echo "a  f" | sha256sum -c || true; sh f',
    'echo "a  f" | sha256sum -c; curl http://x/i > f; sh f',
    'curl http://x/i > f; echo "a  other" | sha256sum -c; sh f',
    'curl http://x/i > f; gpg --import key; sh f',
  ])('%s', (script) => {
    expect(judged(script)).toEqual(['downloadThenRun unpinned unchecked-run']);
  });
});

describe('downloads that are installed unchecked', () => {
  test.each([
    'curl -Lo /usr/local/bin/k http://x/k && chmod +x /usr/local/bin/k',
    'curl -LO http://x/k && sudo install -m 755 k /usr/local/bin/k',
    'wget http://x/k && mv k ~/.local/bin/',
    'curl -sSL http://x/n.tar.gz | tar xz -C /usr/local',
    'curl -sSL http://x/n.tar.gz | sudo tar -xzf - -C /opt --strip-components=1',
    'wget http://x/n.tgz; tar xf n.tgz -C /usr/local',
    'curl -LO http://x/p.zip && unzip p.zip -d /usr/local/bin',
    'curl -LO http://x/p.deb && sudo dpkg -i p.deb',
    'wget http://x/p.deb && apt-get install -y ./p.deb',
    'curl -O http://x/p.rpm && rpm -i p.rpm',
    'curl -O http://x/node-v20.tar.xz; tar xf node-v20.tar.xz; cp node-v20/bin/node /usr/bin',
  ])('%s', (script) => {
    expect(judged(script)).toEqual(['downloadThenRun unpinned unchecked-install']);
  });

  test.each([
    'wget http://x/foo-1.0.tar.gz && tar xzf foo-1.0.tar.gz && cd foo-1.0 && ./configure',
    'curl -L http://x/foo-1.0.tar.gz | tar xz; cd foo-1.0; make',
    'curl -LO http://x/foo.zip; unzip foo.zip; ./foo/install.sh',
    'curl -LO http://x/tool.tgz; tar xf tool.tgz; bash tool/setup.sh',
    'curl -LO http://x/x.tgz; tar xf x.tgz; ./x/install.sh',
    'git clone https://h/o/tool && cd tool && make',
    'git clone --depth 1 -b v1 https://h/o/tool.git /tmp/t; make -C /tmp/t install',
    'git -C work clone https://h/o/tool; bash work/tool/setup.sh',
    'gh repo clone o/tool; ./tool/build.sh',
    'curl -L https://h/o/tool/archive/refs/tags/v1.tar.gz | tar xz; cd tool-1; ./configure',
  ])('unpacked and run: %s', (script) => {
    expect(judged(script)[0]).toBe('downloadThenRun unpinned unchecked-run');
  });
});

describe('checked downloads', () => {
  test.each([
    ['curl -O http://x/f.sh; echo "abc  f.sh" | sha256sum -c; sh f.sh', 'verified-checksum'],
    ['curl -O http://x/f.sh; echo "abc  f.sh" | sha256sum -c -; sh f.sh', 'verified-checksum'],
    ['curl -O http://x/f.sh; echo "$H *f.sh" | shasum -a 256 -c; sh f.sh', 'verified-checksum'],
    ['curl -O http://x/f.sh; echo "abc f.sh" | sha512sum --check --status; sh f.sh', 'verified-checksum'],
    ['F=f.sh; curl -o $F http://x/f; echo "abc $F" | sha256sum -c; sh $F', 'verified-checksum'],
    ['curl -O http://x/f.sh; sha256sum -c <<< "abc  f.sh"; sh f.sh', 'verified-checksum'],
    ['curl -O http://x/f.sh; sha256sum -c <<E\nabc  f.sh\nE\nsh f.sh', 'verified-checksum'],
    ['curl -O http://x/f.sh; sha256sum -c checksums.txt; sh f.sh', 'verified-checksum'],
    [
      'curl -O http://x/f.sh; curl -O http://x/f.sh.sha256; sha256sum -c f.sh.sha256; sh f.sh',
      'verified-checksum',
    ],
    ['curl -O http://x/f.sh; grep f.sh SUMS | sha256sum -c; sh f.sh', 'verified-checksum'],
    [
      'curl -o f http://x; if [ "$(sha256sum f | cut -d" " -f1)" != "$H" ]; then exit 1; fi; sh f',
      'verified-checksum',
    ],
    ['curl -o f http://x; [[ $(sha256sum f) == abc* ]] || exit 1; sh f', 'verified-checksum'],
    [
      'curl -o f http://x; s=$(shasum -a 256 f | awk "{print}")\nif [ "$s" != "$H" ]; then exit 1; fi\nsh f',
      'verified-checksum',
    ],
    ['curl -o f http://x; test "$(openssl dgst -sha256 f)" = abc; sh f', 'verified-checksum'],
    ['curl -o f http://x; if ! echo "a f" | sha256sum -c; then exit 1; fi; sh f', 'verified-checksum'],
    ['curl -o f http://x; echo "a f" | sha256sum -c || exit 1; sh f', 'verified-checksum'],
    ['curl -o f.sh http://x; gpg --verify f.sh.asc f.sh; sh f.sh', 'verified-signature'],
    ['curl -O http://x/f.sh; gpg --batch --verify f.sh.sig; sh f.sh', 'verified-signature'],
    [
      'curl -O http://x/f.sh; cosign verify-blob --key k.pub --signature s f.sh; sh f.sh',
      'verified-signature',
    ],
    ['curl -O http://x/f.sh; minisign -Vm f.sh -P key; sh f.sh', 'verified-signature'],
    [
      'curl -O http://x/f.sh; openssl dgst -sha256 -verify k.pem -signature s f.sh; sh f.sh',
      'verified-signature',
    ],
    ['gh release download v1 -p f.sh; gh attestation verify f.sh -R o/r; sh f.sh', 'verified-signature'],
    [
      'wget http://x/n.tgz; echo "abc  n.tgz" | sha256sum -c; tar xf n.tgz -C /usr/local',
      'verified-checksum',
    ],
    [`curl https://raw.githubusercontent.com/o/r/${COMMIT}/i.sh | bash`, 'full-commit'],
    [`curl https://raw.githubusercontent.com/o/r/${COMMIT}/i.sh -o i.sh; bash i.sh`, 'full-commit'],
    [`C=${COMMIT}; curl https://raw.githubusercontent.com/o/r/$C/i.sh | bash`, 'full-commit'],
    [`bash <(curl https://raw.githubusercontent.com/o/r/${COMMIT}/i.sh)`, 'full-commit'],
  ])('%s', (script, why) => {
    expect(judged(script)).toEqual([`downloadThenRun pinned ${why}`]);
  });
});

describe('no install at all', () => {
  test.each([
    'curl http://x/i | tar tz',
    'curl http://x/i | jq .',
    'curl http://x/i > f; cat f',
    'curl http://x/i | gpg --dearmor -o /usr/share/keyrings/x.gpg',
    'v=$(curl http://x/i | jq -r .tag); echo "$v"',
    'wget http://x/data.csv; python3 run.py data.csv',
    'curl -I http://x/i | bash',
    'curl http://x/i -o /dev/null',
    'npm run build',
    'npm test',
    'pip --version',
    'pip download x',
    'go build ./...',
    'go install ./cmd/x',
    'go mod download',
    'cargo build',
    'cargo install --path .',
    'uv run pytest',
    'yarn build',
    'yarn run test',
    'pnpm run build',
    'bundle exec rake',
    'apt-get install -y curl',
    'apk add --no-cache curl',
    'dotnet build',
    'brew update',
    'echo npm install',

    'npx --no-install tsc',
    'npx --no cowsay',
    'git clone https://h/o/data && cat data/x.csv',
    'git clone https://h/o/data.wiki.git && cd data.wiki && make',
    'git clone https://github.com/$GITHUB_REPOSITORY x && make -C x',
    'gh extension list',
    'code --list-extensions',
    'Rscript -e "print(1)"',
    'deno run main.ts',
    'composer dump-autoload',
    'composer require x/y --no-update',
  ])('%s', (script) => {
    expect(judged(script).filter((line) => !line.includes('not-a-download'))).toEqual([]);
  });

  test.each([
    ['curl localhost | python3 -m json.tool', 'downloadThenRun not-a-download not-executed'],
    ['curl http://x/i | python3 -c "import json"', 'downloadThenRun not-a-download not-executed'],
    ['curl http://x/i | perl -ne print', 'downloadThenRun not-a-download not-executed'],
    ['curl http://x/i | node -e "1"', 'downloadThenRun not-a-download not-executed'],
    ['curl http://x/i | bash script.sh', 'downloadThenRun not-a-download not-executed'],
    ['curl http://x/i | sh -c "echo"', 'downloadThenRun not-a-download not-executed'],
    ['curl http://localhost:8080/i | bash', 'downloadThenRun not-a-download local-address'],
    ['curl -s 127.0.0.1/i | sh', 'downloadThenRun not-a-download local-address'],
    ['npm run ci', 'npmCommand not-a-download not-an-install'],
    ['npm run install', 'npmCommand not-a-download not-an-install'],
    ['npm i --package-lock-only', 'npmCommand not-a-download lockfile-only'],
    ['npm install ./p.tgz', 'npmCommand not-a-download local'],
    ['npm i -g .', 'npmCommand not-a-download local'],
  ])('%s', (script, expected) => {
    expect(judged(script)).toEqual([expected]);
  });
});

describe('package managers', () => {
  test.each([
    ['npm ci', 'npmCommand pinned lockfile'],
    ['npm --prefix web ci', 'npmCommand pinned lockfile'],
    ['npm clean-install', 'npmCommand pinned lockfile'],
    ['npm install', 'npmCommand unpinned lockfile-not-enforced'],
    ['npm install --no-package-lock', 'npmCommand unpinned no-lockfile'],
    ['npm i -g x@1.2.3', 'npmCommand unpinned dependencies-float'],
    ['npm install -g x', 'npmCommand unpinned no-version'],
    ['npm install x@latest y@1.2.3', 'npmCommand unpinned no-version'],
    [`npm install github:a/b#${COMMIT}`, 'npmCommand pinned full-commit'],
    ['npm update', 'npmCommand unpinned update'],
    ['npm exec -y x', 'npmCommand unpinned no-version'],
    ['npm init vite', 'npmCommand unpinned no-version'],
    ['env npm install', 'npmCommand unpinned lockfile-not-enforced'],
    ['sudo -H npm install -g x', 'npmCommand unpinned no-version'],
    ['npx -y x', 'npxCommand unpinned no-version'],
    ['npx x@1.2.3', 'npxCommand unpinned dependencies-float'],
    ['npx -p x@2 y', 'npxCommand unpinned no-version'],
    ['yarn', 'yarnCommand unpinned lockfile-not-enforced'],
    ['yarn install --frozen-lockfile', 'yarnCommand pinned lockfile'],
    ['yarn --immutable', 'yarnCommand pinned lockfile'],
    ['yarn global add x', 'yarnCommand unpinned no-version'],
    ['yarn dlx x@1.0.0 run', 'yarnCommand unpinned dependencies-float'],
    ['pnpm install', 'pnpmCommand unpinned lockfile-not-enforced'],
    ['pnpm i --frozen-lockfile', 'pnpmCommand pinned lockfile'],
    ['pnpm install --no-frozen-lockfile', 'pnpmCommand unpinned lockfile-not-enforced'],
    ['pnpm add -g x', 'pnpmCommand unpinned no-version'],
    ['pnpm dlx x', 'pnpmCommand unpinned no-version'],
    ['bun install', 'bunCommand unpinned lockfile-not-enforced'],
    ['bun install --frozen-lockfile', 'bunCommand pinned lockfile'],
    ['bun ci', 'bunCommand pinned lockfile'],
    ['bunx x@1', 'npxCommand unpinned no-version'],
    ['deno install -g npm:x@1.2.3', 'denoCommand unpinned no-hash'],
    ['deno run -A https://deno.land/x/y.ts', 'denoCommand unpinned no-version'],
    ['pip install foo', 'pipCommand unpinned no-version'],
    ['pip install "foo==1.0"', 'pipCommand unpinned no-hash'],
    ['pip install -U pip', 'pipCommand unpinned no-version'],
    ['pip install -r r.txt', 'pipCommand unpinned no-hashes'],
    ['pip install -r r.txt --require-hashes', 'pipCommand pinned hashes'],
    ['pip install .', 'pipCommand pinned local'],
    ['pip install -e ".[dev]"', 'pipCommand pinned local'],
    ['pip install dist/*.whl', 'pipCommand pinned local'],
    ['pip install -e . foo', 'pipCommand unpinned no-version'],
    ['pip install --no-index --find-links w x', 'pipCommand pinned local'],
    [`pip install https://x/y.whl#sha256=${HASH}`, 'pipCommand pinned hash'],
    [`pip install --no-deps git+https://h/p@${COMMIT}`, 'pipCommand pinned full-commit'],
    ['pip install git+https://h/p@main', 'pipCommand unpinned no-commit'],
    ['pip -q install x', 'pipCommand unpinned no-version'],
    ['pip3.11 install x', 'pipCommand unpinned no-version'],
    ['python3.11 -m pip install x', 'pipCommand unpinned no-version'],
    ['py -m pip install x', 'pipCommand unpinned no-version'],
    ['python -mpip install x', 'pipCommand unpinned no-version'],
    ['$VENV/bin/pip install x', 'pipCommand unpinned no-version'],
    ['sudo -H pip install x', 'pipCommand unpinned no-version'],
    ['uv pip install x', 'uvCommand unpinned no-version'],
    ['uv pip install --require-hashes -r r.txt', 'uvCommand pinned hashes'],
    ['uv sync', 'uvCommand unpinned lockfile-not-enforced'],
    ['uv sync --frozen', 'uvCommand pinned lockfile'],
    ['uv sync --locked --all-extras', 'uvCommand pinned lockfile'],
    ['uv run --with x y', 'uvCommand unpinned no-version'],
    ['uv tool install x', 'uvCommand unpinned no-version'],
    ['uvx x@1.2.3', 'uvCommand unpinned dependencies-float'],
    ['pipx install x', 'pipxCommand unpinned no-version'],
    ['pipx run x==1.0', 'pipxCommand unpinned no-hash'],
    ['poetry install', 'poetryCommand unpinned lockfile-not-enforced'],
    ['poetry add x', 'poetryCommand unpinned no-version'],
    ['pipenv install --deploy', 'pipCommand pinned lockfile'],
    ['pipenv sync', 'pipCommand pinned lockfile'],
    ['pipenv install', 'pipCommand unpinned lockfile-not-enforced'],
    ['conda install x', 'condaCommand unpinned no-version'],
    ['mamba env create -f environment.yml', 'condaCommand unpinned no-lockfile'],
    ['go install m.com/a/b@v1.2.3', 'goCommand pinned exact-go-version'],
    ['go install m.com/a/b@latest', 'goCommand unpinned no-version'],
    ['go install m.com/a/b@v1.2.3 m.com/c/d@latest', 'goCommand unpinned no-version'],
    ['go install -ldflags "-s -w" m.com/a/b@latest', 'goCommand unpinned no-version'],
    ['go install -ldflags "-s -w" m.com/a/b@v1.2.3', 'goCommand pinned exact-go-version'],
    ['go -C d install m.com/a/b@latest', 'goCommand unpinned no-version'],
    ['go run m.com/a/b@latest', 'goCommand unpinned no-version'],
    ['go run m.com/a/b@v1.2.3 x', 'goCommand pinned exact-go-version'],
    [`go install m.com/a/b@${COMMIT}`, 'goCommand pinned full-commit'],
    ['go install m.com/a/b@v${B_VERSION}', 'goCommand pinned version-variable'],
    ['go install m.com/a/b@$BRANCH', 'goCommand unpinned variable'],
    ['go install tool m.com/a/b', 'goCommand not-a-download module-tool'],
    ['GOSUMDB=off go install m.com/a/b@v1.2.3', 'goCommand unpinned no-checksum-database'],
    ['go get -u ./...', 'goCommand unpinned update'],
    ['cargo install x', 'cargoCommand unpinned no-version'],
    ['cargo install x --version 1.2.3', 'cargoCommand unpinned dependencies-float'],
    ['cargo install --locked x@1.2.3', 'cargoCommand pinned lockfile'],
    ['cargo +nightly install --locked x', 'cargoCommand unpinned no-version'],
    [`cargo install --locked --git https://h/x --rev ${COMMIT}`, 'cargoCommand pinned full-commit'],
    ['gem install x', 'gemCommand unpinned no-version'],
    ['gem install x -v 1.2.3', 'gemCommand unpinned dependencies-float'],
    ['gem install ./x.gem', 'gemCommand not-a-download local'],
    ['bundle install', 'bundlerCommand unpinned lockfile-not-enforced'],
    ['bundle install --deployment', 'bundlerCommand pinned lockfile'],
    ['BUNDLE_FROZEN=true bundle install', 'bundlerCommand pinned lockfile'],
    ['bundle update', 'bundlerCommand unpinned update'],
    ['composer install', 'composerCommand unpinned lockfile-not-enforced'],
    ['composer global require x/y', 'composerCommand unpinned no-hash'],
    ['dotnet tool install -g x', 'dotnetToolCommand unpinned no-version'],
    ['dotnet tool install x --version 1.2.3', 'dotnetToolCommand pinned exact-tool'],
    ['dotnet tool restore', 'dotnetToolCommand pinned manifest'],
    ['dotnet restore', 'nugetCommand unpinned lockfile-not-enforced'],
    ['dotnet restore --locked-mode', 'nugetCommand pinned lockfile'],
    ['brew install x', 'brewCommand unpinned no-version'],
    ['choco install x', 'chocoCommand unpinned no-version'],
    ['winget install x', 'wingetCommand unpinned no-version'],
    ['npx tsc', 'npxCommand unpinned not-installed'],
    ['bunx cowsay', 'npxCommand unpinned not-installed'],
    ['docker run --rm -v a:b node:22 npm install -g x', 'npmCommand unpinned no-version'],
    ['python3 -m pipx install nox', 'pipxCommand unpinned no-version'],
    ['npx -p typescript@5.6.3 tsc --version', 'npxCommand unpinned dependencies-float'],
    ['luarocks install x', 'otherPackageCommand unpinned no-version'],
    ['luarocks install x 1.2.3', 'otherPackageCommand unpinned no-hash'],
    ['cpanm Moose', 'otherPackageCommand unpinned no-hash'],
    ['gh extension install o/x', 'otherPackageCommand unpinned no-version'],
    ['gh extension install o/x --pin v1.2.3', 'otherPackageCommand unpinned no-hash'],
    ['dart pub global activate melos', 'otherPackageCommand unpinned no-version'],
    ['code --install-extension a.b', 'otherPackageCommand unpinned no-version'],
    [`Rscript -e 'install.packages("x")'`, 'otherPackageCommand unpinned no-hash'],
    ['pod install', 'otherPackageCommand unpinned lockfile-not-enforced'],
    ['apt-get install --allow-unauthenticated x', 'systemPackageCommand unpinned unsigned'],
    ['yum install https://x/y.rpm', 'systemPackageCommand unpinned package-by-address'],
  ])('%s -> %s', (script, expected) => {
    expect(judged(script)).toEqual([expected]);
  });

  test('lock and requirement files that would pin are named', () => {
    expect(analyzeShell('yarn').records[0]?.truth?.pinnedBy).toEqual({
      kind: 'lockfile',
      files: ['yarn.lock'],
    });
    expect(analyzeShell('pip install -r a/r.txt -r b.txt').records[0]?.truth?.pinnedBy).toEqual({
      kind: 'hashes',
      files: ['a/r.txt', 'b.txt'],
    });
    expect(analyzeShell('pip install -r r.txt x').records[0]?.truth?.pinnedBy).toBeUndefined();
  });
});

describe('places', () => {
  test('records of both views are one', () => {
    expect(analyzeShell('wget http://x/f\nsh f').records).toEqual([
      {
        type: 'downloadThenRun',
        text: 'sh f',
        reference: { startLine: 2, endLine: 2, pinned: false },
        truth: { verdict: 'unpinned', why: 'unchecked-run', pinKind: 'none' },
        startLine: 2,
        endLine: 2,
        downloadLine: 1,
      },
    ]);
  });

  test('lines inside here-documents and quoted scripts', () => {
    const line = (script: string): number[] => analyzeShell(script).records.map(({ startLine }) => startLine);
    expect(line('x\nbash <<E\n\ncurl http://x/i | sh\nE')).toEqual([4]);
    expect(line('x\nbash -c "a\nb $c\nnpm ci"')).toEqual([4]);
    expect(line('x\nbash -c "a\nnpm ci"')).toEqual([3]);
  });

  test('scripts of one job know the files of each other', () => {
    const memory = newShellMemory();
    analyzeWorkflowScript('curl -o t.sh http://x/i', { line: 1, memory });
    expect(analyzeWorkflowScript('bash t.sh', { line: 9, memory }).records).toHaveLength(1);
    expect(analyzeWorkflowScript('bash t.sh', { line: 9 }).records).toHaveLength(0);
  });

  test('variables from outside the scripts', () => {
    const memory = newShellMemory([['REF', COMMIT]]);
    const script = 'curl https://raw.githubusercontent.com/o/r/$REF/i.sh | sh';
    expect(analyzeShell(script, { memory }).records[0]?.truth?.why).toBe('full-commit');
  });

  test('leaving the unpacked folder ends its use', () => {
    const unpack = 'curl http://x/foo.tgz | tar xz\ncd foo\nmkdir build\ncd build\n';
    expect(judged(`${unpack}make`)).toHaveLength(1);
    expect(judged(`${unpack}cd /src\nmake`)).toEqual([]);
    expect(judged(`${unpack}cd $SRC\n./x.sh`)).toEqual([]);
  });

  test('views', () => {
    const run = (views: 'reference' | 'truth') => analyzeShell('npm ci', { views }).records[0];
    expect(run('reference')).toMatchObject({ reference: { pinned: true } });
    expect(run('reference')?.truth).toBeUndefined();
    expect(run('truth')?.reference).toBeUndefined();
    expect(run('truth')?.truth?.verdict).toBe('pinned');
    expect(analyzeShell('echo "', { views: 'truth' }).errors).toEqual([]);
  });
});

describe('Dockerfiles', () => {
  const found = (text: string): string[] =>
    dockerfileInstalls(readDockerfile(text)).records.map(
      ({ type, truth, reference, startLine }) =>
        `${startLine} ${type} ${truth?.verdict}${reference === undefined ? ' beyond' : ''}`,
    );

  test.each([
    ['FROM a\nrun npm ci', ['2 npmCommand pinned beyond']],
    ['FROM a\nONBUILD RUN npm i x', ['2 npmCommand unpinned beyond']],
    [
      'FROM a\nRUN curl -o f http://x && \\\n echo "a f" | sha256sum -c && \\\n sh f',
      ['4 downloadThenRun pinned beyond'],
    ],
    ['FROM a\nSHELL ["powershell", "-c"]\nRUN iwr http://x | iex', ['3 downloadThenRun unpinned beyond']],
    ['FROM a\nRUN powershell -Command "iwr http://x | iex"', ['2 downloadThenRun unpinned beyond']],
    ['FROM a\nRUN <<E python3\ncurl http://x | sh\nE', ['3 downloadThenRun not-a-download']],
    ['FROM a\nADD http://x/f.sh /f.sh\nRUN sh /f.sh', ['2 downloadThenRun unpinned beyond']],
    [
      `FROM a\nADD --checksum=sha256:${HASH} http://x/f.sh /f.sh\nRUN sh /f.sh`,
      ['2 downloadThenRun pinned beyond'],
    ],
    [
      'FROM windows\nADD http://x/f.exe /f.exe\nRUN powershell if ((Get-FileHash /f.exe).Hash -ne $e) { Throw }\nRUN /f.exe',
      ['2 downloadThenRun pinned beyond'],
    ],
    [
      'FROM windows\nRUN powershell -Command iwr http://x -OutFile f.exe; ./f.exe',
      ['2 downloadThenRun unpinned beyond'],
    ],
    ['FROM a\nENV F=/f.sh\nRUN curl -o $F http://x\nRUN sh /f.sh', ['3 downloadThenRun unpinned beyond']],
    ['FROM a\nADD http://x/f.tgz /opt/', ['2 downloadThenRun unpinned beyond']],
    ['FROM a\nADD http://x/f.csv /opt/', []],
    [
      'FROM a\nADD http://x/f.tgz /f.tgz\nRUN echo "a  /f.tgz" | sha256sum -c',
      ['2 downloadThenRun pinned beyond'],
    ],
  ])('%j', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe('PowerShell', () => {
  const found = (script: string): string[] =>
    analyzePowershell(script).map(({ type, truth }) => `${type} ${truth.verdict} ${truth.why}`);
  const run = 'downloadThenRun unpinned unchecked-run';

  test.each([
    ['iwr http://x/i.ps1 | iex', run],
    ['irm http://x/i.ps1 | Invoke-Expression', run],
    ['iwr -useb http://x/i.ps1 |\n  iex', run],
    ["iex ((New-Object System.Net.WebClient).DownloadString('http://x/i.ps1'))", run],
    [
      "Set-ExecutionPolicy Bypass -Scope Process -Force; iex ((New-Object Net.WebClient).DownloadString('http://x'))",
      run,
    ],
    ['Invoke-Expression (Invoke-WebRequest http://x)', run],
    ['iex "& { $(irm http://x) } -Yes"', run],
    ['& ([scriptblock]::Create((irm http://x))) -Yes', run],
    ['$s = irm http://x\niex $s', run],
    ['Invoke-WebRequest http://x/f.exe -OutFile f.exe; & .\\f.exe /S', run],
    ['iwr http://x/f.ps1 -OutFile f.ps1\n./f.ps1', run],
    [
      '$f = "$env:TEMP\\f.exe"\nInvoke-WebRequest -Uri http://x -OutFile $f\nStart-Process -FilePath $f -Wait',
      run,
    ],
    ['Start-BitsTransfer -Source http://x/f.msi -Destination C:\\f.msi\nmsiexec /i C:\\f.msi /qn', run],
    ["(New-Object Net.WebClient).DownloadFile('http://x/f.exe', 'f.exe')\nStart-Process f.exe", run],
    ['curl.exe -o f.exe http://x; .\\f.exe', run],
    ['Invoke-WebRequest http://x/f.zip -OutFile f.zip\nExpand-Archive f.zip -DestinationPath C:\\tools', run],
    ['iwr http://localhost/i.ps1 | iex', 'downloadThenRun not-a-download local-address'],
    [`iwr https://raw.githubusercontent.com/o/r/${COMMIT}/i.ps1 | iex`, 'downloadThenRun pinned full-commit'],
    [
      "iwr http://x -OutFile f.exe\nif ((Get-FileHash f.exe).Hash -ne 'ab') { throw }\n./f.exe",
      'downloadThenRun pinned verified-checksum',
    ],
    [
      '$o = "f.exe"\niwr http://x -OutFile $o\n$h = (Get-FileHash $o -Algorithm SHA256).Hash\nif ($h -ne $e) { exit 1 }\n& $o',
      'downloadThenRun pinned verified-checksum',
    ],
    ['iwr http://x -OutFile f.exe\nGet-FileHash f.exe\n./f.exe', run],
    ['choco install -y x', 'chocoCommand unpinned no-version'],
    ['Install-Module -Name Pester -Force', 'powershellModuleCommand unpinned no-version'],
    ['Install-Module Pester -RequiredVersion 5.0.0', 'powershellModuleCommand unpinned no-hash'],
    ['if ($x) {\n  npm ci\n}', 'npmCommand pinned lockfile'],
    ['& npm install', 'npmCommand unpinned lockfile-not-enforced'],
    ['python -m pip install `\n  foo', 'pipCommand unpinned no-version'],
    ['$r = npm install -g x', 'npmCommand unpinned no-version'],
  ])('%j', (script, expected) => {
    expect(found(script)).toEqual([expected]);
  });

  test.each([
    '# iwr http://x | iex',
    '<# iwr http://x | iex #>',
    'iwr http://x -OutFile data.json',
    '$j = irm http://x/api\nWrite-Host $j.tag',
    'Write-Host "iwr http://x | iex"',
    'iwr http://x | ConvertFrom-Json',
  ])('nothing in %j', (script) => {
    expect(found(script)).toEqual([]);
  });

  test('lines', () => {
    expect(analyzePowershell('\n# x\niwr http://x `\n  | iex')).toMatchObject([{ startLine: 3, endLine: 4 }]);
  });
});
