
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'apigw' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'apigw'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'apigw' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('event', 'event', [CompletionResultType]::ParameterValue, 'Make, list, check and compare the events that API Gateway sends to functions')
            [CompletionResult]::new('invoke', 'invoke', [CompletionResultType]::ParameterValue, 'Send an event to a function, or a request to an endpoint, and show what the caller gets')
            [CompletionResult]::new('lint-response', 'lint-response', [CompletionResultType]::ParameterValue, 'Say whether API Gateway accepts a function''s output, and what the caller gets')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Serve APIs on this machine: their routes, authorizers and functions')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Run suites of test cases against a function, an endpoint or the APIs of a template')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain a rule, or an error: who answered, why, and what to do next')
            [CompletionResult]::new('policy', 'policy', [CompletionResultType]::ParameterValue, 'Say who may invoke which function, what API Gateway asks of it, and why not')
            [CompletionResult]::new('rules', 'rules', [CompletionResultType]::ParameterValue, 'List the rules')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print a published JSON Schema, for editors and other tools')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Show the main job on this machine: a request, its event, a function''s result, the response')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('demo-function', 'demo-function', [CompletionResultType]::ParameterValue, 'Serve the demo''s events (started by `apigw demo`)')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apigw;event' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('gen', 'gen', [CompletionResultType]::ParameterValue, 'Generate the event that API Gateway sends for a request')
            [CompletionResult]::new('from', 'from', [CompletionResultType]::ParameterValue, 'Events from what is at hand: a curl command line, a HAR recording, raw HTTP, OpenAPI')
            [CompletionResult]::new('to', 'to', [CompletionResultType]::ParameterValue, 'The request that an event describes: as a curl command, as raw HTTP, or its URL')
            [CompletionResult]::new('convert', 'convert', [CompletionResultType]::ParameterValue, 'Turn an event into the one that another front end would send for the same call')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the kinds of event')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Say whether AWS would send such an event, and which front end would')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Say what differs between two events')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apigw;event;gen' {
            [CompletionResult]::new('--url', '--url', [CompletionResultType]::ParameterName, 'The URL as a client calls it')
            [CompletionResult]::new('--path', '--path', [CompletionResultType]::ParameterName, 'Path and query below the stage, such as ''/users/42?a=1&a=2''')
            [CompletionResult]::new('-X', '-X ', [CompletionResultType]::ParameterName, 'The method, instead of the kind''s own')
            [CompletionResult]::new('--method', '--method', [CompletionResultType]::ParameterName, 'The method, instead of the kind''s own')
            [CompletionResult]::new('--request', '--request', [CompletionResultType]::ParameterName, 'The method, instead of the kind''s own')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'A header, or @FILE with one on each line; may be repeated, also for the same name. ''Name;'' is empty, and ''Name:'' takes away what would be sent otherwise')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'A header, or @FILE with one on each line; may be repeated, also for the same name. ''Name;'' is empty, and ''Name:'' takes away what would be sent otherwise')
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'The body: text, @FILE without its line breaks, or @- for standard input; several are joined by &')
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'The body: text, @FILE without its line breaks, or @- for standard input; several are joined by &')
            [CompletionResult]::new('--data-raw', '--data-raw', [CompletionResultType]::ParameterName, 'The same, where @ is a letter like others')
            [CompletionResult]::new('--data-binary', '--data-binary', [CompletionResultType]::ParameterName, 'The same, with every byte of @FILE')
            [CompletionResult]::new('--data-urlencode', '--data-urlencode', [CompletionResultType]::ParameterName, 'The same, encoded for you: TEXT, NAME=TEXT, @FILE or NAME@FILE')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'A body of JSON, @FILE or @-, with the headers that say so; several follow each other')
            [CompletionResult]::new('-F', '-F ', [CompletionResultType]::ParameterName, 'A field of a form of several parts: NAME=TEXT, NAME=@FILE (as a file) or NAME=<FILE (its text), then perhaps ;type=TYPE ;filename=NAME')
            [CompletionResult]::new('--form', '--form', [CompletionResultType]::ParameterName, 'A field of a form of several parts: NAME=TEXT, NAME=@FILE (as a file) or NAME=<FILE (its text), then perhaps ;type=TYPE ;filename=NAME')
            [CompletionResult]::new('--form-string', '--form-string', [CompletionResultType]::ParameterName, 'The same, where @, < and ; are letters like others')
            [CompletionResult]::new('--query', '--query', [CompletionResultType]::ParameterName, 'A query parameter, encoded for you; may be repeated')
            [CompletionResult]::new('--url-query', '--url-query', [CompletionResultType]::ParameterName, 'A piece of the query, as --data-urlencode takes it, or raw behind a +')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'A cookie; several are joined in one Cookie header. `invoke --url` takes a file of cookies too')
            [CompletionResult]::new('--cookie', '--cookie', [CompletionResultType]::ParameterName, 'A cookie; several are joined in one Cookie header. `invoke --url` takes a file of cookies too')
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'User and password, for basic authentication')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'User and password, for basic authentication')
            [CompletionResult]::new('-A', '-A ', [CompletionResultType]::ParameterName, 'The User-Agent')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'The User-Agent')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'The Referer')
            [CompletionResult]::new('--referer', '--referer', [CompletionResultType]::ParameterName, 'The Referer')
            [CompletionResult]::new('--route', '--route', [CompletionResultType]::ParameterName, 'A route of the API, such as ''GET /users/{id}'', or a route key of a WebSocket API; may be repeated. Without any, the path itself is the resource')
            [CompletionResult]::new('--stage', '--stage', [CompletionResultType]::ParameterName, 'The stage [default: from the URL, else $default for HTTP APIs and prod for others]')
            [CompletionResult]::new('--stage-variable', '--stage-variable', [CompletionResultType]::ParameterName, 'A stage variable; may be repeated')
            [CompletionResult]::new('--binary-media-type', '--binary-media-type', [CompletionResultType]::ParameterName, 'A binary media type of a REST API, such as image/png or */*; may be repeated')
            [CompletionResult]::new('--endpoint-type', '--endpoint-type', [CompletionResultType]::ParameterName, 'The endpoint type of a REST API')
            [CompletionResult]::new('--custom-domain', '--custom-domain', [CompletionResultType]::ParameterName, 'A custom domain name, with the base path that the API is mapped to')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account that owns the API [default: 123456789012]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: from the URL, else us-east-1]')
            [CompletionResult]::new('--api-id', '--api-id', [CompletionResultType]::ParameterName, 'The id of the API or function URL, or the name of the load balancer''s target group [default: from the URL, else a fixed one]')
            [CompletionResult]::new('--source-ip', '--source-ip', [CompletionResultType]::ParameterName, 'The client''s address [default: 203.0.113.10]')
            [CompletionResult]::new('--principal', '--principal', [CompletionResultType]::ParameterName, 'The principal that a Lambda authorizer named')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'An entry of a Lambda authorizer''s context; the value is read as JSON if it is JSON')
            [CompletionResult]::new('--claim', '--claim', [CompletionResultType]::ParameterName, 'A claim of the token: Cognito for REST, JWT for HTTP APIs; may be repeated')
            [CompletionResult]::new('--iam', '--iam', [CompletionResultType]::ParameterName, 'The IAM user or assumed role that signed the request')
            [CompletionResult]::new('--api-key', '--api-key', [CompletionResultType]::ParameterName, 'The API key that the client sends in the header x-api-key (REST); @FILE reads it from a file')
            [CompletionResult]::new('--connection-id', '--connection-id', [CompletionResultType]::ParameterName, 'The id of the connection [default: one that depends on the request]')
            [CompletionResult]::new('--route-selection', '--route-selection', [CompletionResultType]::ParameterName, 'How the API finds the route of a message [default: $request.body.action]')
            [CompletionResult]::new('--disconnect-code', '--disconnect-code', [CompletionResultType]::ParameterName, 'The code with which the connection was closed [default: none, which AWS tells as 1005]')
            [CompletionResult]::new('--disconnect-reason', '--disconnect-reason', [CompletionResultType]::ParameterName, 'The reason with which the connection was closed')
            [CompletionResult]::new('--identity-source', '--identity-source', [CompletionResultType]::ParameterName, 'Where the identity stands, such as $request.header.Authorization; may be repeated. Without it in the request the gateway answers 401 [default: the Authorization header, and none for REQUEST and WebSocket authorizers]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'The instant of the call, such as 2025-01-31T12:00:00Z [default: a fixed one]')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'A number that all ids depend on; the same number gives the same ids')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Put a value into the event, such as /headers/x-a=1; the value is read as JSON if it is JSON, else as text')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('-G', '-G ', [CompletionResultType]::ParameterName, 'Put the data into the query, and send no body')
            [CompletionResult]::new('--get', '--get', [CompletionResultType]::ParameterName, 'Put the data into the query, and send no body')
            [CompletionResult]::new('-I', '-I ', [CompletionResultType]::ParameterName, 'Ask for the head alone: the method HEAD')
            [CompletionResult]::new('--head', '--head', [CompletionResultType]::ParameterName, 'Ask for the head alone: the method HEAD')
            [CompletionResult]::new('--streaming', '--streaming', [CompletionResultType]::ParameterName, 'The function URL streams: its invoke mode is RESPONSE_STREAM')
            [CompletionResult]::new('--fresh', '--fresh', [CompletionResultType]::ParameterName, 'The real clock, and ids that differ from run to run')
            [CompletionResult]::new('--compact', '--compact', [CompletionResultType]::ParameterName, 'One line instead of many')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apigw;event;from' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('curl', 'curl', [CompletionResultType]::ParameterValue, 'The event for a curl command line, as browsers copy it and people write it')
            [CompletionResult]::new('har', 'har', [CompletionResultType]::ParameterValue, 'The events of a HAR recording, one line each')
            [CompletionResult]::new('http', 'http', [CompletionResultType]::ParameterValue, 'The event for a raw HTTP/1.1 request')
            [CompletionResult]::new('openapi', 'openapi', [CompletionResultType]::ParameterValue, 'Events for the operations of an OpenAPI 3 document')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apigw;event;from;curl' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The kind of event (see `apigw event list`), or a flavour, which keeps the request''s own method. A host that this front end cannot have gives way to its default name')
            [CompletionResult]::new('--route', '--route', [CompletionResultType]::ParameterName, 'A route of the API, such as ''GET /users/{id}'', or a route key of a WebSocket API; may be repeated. Without any, the path itself is the resource')
            [CompletionResult]::new('--stage', '--stage', [CompletionResultType]::ParameterName, 'The stage [default: from the URL, else $default for HTTP APIs and prod for others]')
            [CompletionResult]::new('--stage-variable', '--stage-variable', [CompletionResultType]::ParameterName, 'A stage variable; may be repeated')
            [CompletionResult]::new('--binary-media-type', '--binary-media-type', [CompletionResultType]::ParameterName, 'A binary media type of a REST API, such as image/png or */*; may be repeated')
            [CompletionResult]::new('--endpoint-type', '--endpoint-type', [CompletionResultType]::ParameterName, 'The endpoint type of a REST API')
            [CompletionResult]::new('--custom-domain', '--custom-domain', [CompletionResultType]::ParameterName, 'A custom domain name, with the base path that the API is mapped to')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account that owns the API [default: 123456789012]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: from the URL, else us-east-1]')
            [CompletionResult]::new('--api-id', '--api-id', [CompletionResultType]::ParameterName, 'The id of the API or function URL, or the name of the load balancer''s target group [default: from the URL, else a fixed one]')
            [CompletionResult]::new('--source-ip', '--source-ip', [CompletionResultType]::ParameterName, 'The client''s address [default: 203.0.113.10]')
            [CompletionResult]::new('--principal', '--principal', [CompletionResultType]::ParameterName, 'The principal that a Lambda authorizer named')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'An entry of a Lambda authorizer''s context; the value is read as JSON if it is JSON')
            [CompletionResult]::new('--claim', '--claim', [CompletionResultType]::ParameterName, 'A claim of the token: Cognito for REST, JWT for HTTP APIs; may be repeated')
            [CompletionResult]::new('--iam', '--iam', [CompletionResultType]::ParameterName, 'The IAM user or assumed role that signed the request')
            [CompletionResult]::new('--api-key', '--api-key', [CompletionResultType]::ParameterName, 'The API key that the client sends in the header x-api-key (REST); @FILE reads it from a file')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'The instant of the call, such as 2025-01-31T12:00:00Z [default: a fixed one]')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'A number that all ids depend on; the same number gives the same ids')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Put a value into the event, such as /headers/x-a=1; the value is read as JSON if it is JSON, else as text')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('--streaming', '--streaming', [CompletionResultType]::ParameterName, 'The function URL streams: its invoke mode is RESPONSE_STREAM')
            [CompletionResult]::new('--fresh', '--fresh', [CompletionResultType]::ParameterName, 'The real clock, and ids that differ from run to run')
            [CompletionResult]::new('--compact', '--compact', [CompletionResultType]::ParameterName, 'One line instead of many')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apigw;event;from;har' {
            [CompletionResult]::new('--entry', '--entry', [CompletionResultType]::ParameterName, 'Only this entry, counted from 0, as jq counts them')
            [CompletionResult]::new('--match', '--match', [CompletionResultType]::ParameterName, 'Only entries whose URL this regular expression finds something in')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The kind of event (see `apigw event list`), or a flavour, which keeps the request''s own method. A host that this front end cannot have gives way to its default name')
            [CompletionResult]::new('--route', '--route', [CompletionResultType]::ParameterName, 'A route of the API, such as ''GET /users/{id}'', or a route key of a WebSocket API; may be repeated. Without any, the path itself is the resource')
            [CompletionResult]::new('--stage', '--stage', [CompletionResultType]::ParameterName, 'The stage [default: from the URL, else $default for HTTP APIs and prod for others]')
            [CompletionResult]::new('--stage-variable', '--stage-variable', [CompletionResultType]::ParameterName, 'A stage variable; may be repeated')
            [CompletionResult]::new('--binary-media-type', '--binary-media-type', [CompletionResultType]::ParameterName, 'A binary media type of a REST API, such as image/png or */*; may be repeated')
            [CompletionResult]::new('--endpoint-type', '--endpoint-type', [CompletionResultType]::ParameterName, 'The endpoint type of a REST API')
            [CompletionResult]::new('--custom-domain', '--custom-domain', [CompletionResultType]::ParameterName, 'A custom domain name, with the base path that the API is mapped to')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account that owns the API [default: 123456789012]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: from the URL, else us-east-1]')
            [CompletionResult]::new('--api-id', '--api-id', [CompletionResultType]::ParameterName, 'The id of the API or function URL, or the name of the load balancer''s target group [default: from the URL, else a fixed one]')
            [CompletionResult]::new('--source-ip', '--source-ip', [CompletionResultType]::ParameterName, 'The client''s address [default: 203.0.113.10]')
            [CompletionResult]::new('--principal', '--principal', [CompletionResultType]::ParameterName, 'The principal that a Lambda authorizer named')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'An entry of a Lambda authorizer''s context; the value is read as JSON if it is JSON')
            [CompletionResult]::new('--claim', '--claim', [CompletionResultType]::ParameterName, 'A claim of the token: Cognito for REST, JWT for HTTP APIs; may be repeated')
            [CompletionResult]::new('--iam', '--iam', [CompletionResultType]::ParameterName, 'The IAM user or assumed role that signed the request')
            [CompletionResult]::new('--api-key', '--api-key', [CompletionResultType]::ParameterName, 'The API key that the client sends in the header x-api-key (REST); @FILE reads it from a file')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'The instant of the call, such as 2025-01-31T12:00:00Z [default: a fixed one]')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'A number that all ids depend on; the same number gives the same ids')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Put a value into the event, such as /headers/x-a=1; the value is read as JSON if it is JSON, else as text')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('--streaming', '--streaming', [CompletionResultType]::ParameterName, 'The function URL streams: its invoke mode is RESPONSE_STREAM')
            [CompletionResult]::new('--fresh', '--fresh', [CompletionResultType]::ParameterName, 'The real clock, and ids that differ from run to run')
            [CompletionResult]::new('--compact', '--compact', [CompletionResultType]::ParameterName, 'One line instead of many')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apigw;event;from;http' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The kind of event (see `apigw event list`), or a flavour, which keeps the request''s own method. A host that this front end cannot have gives way to its default name')
            [CompletionResult]::new('--route', '--route', [CompletionResultType]::ParameterName, 'A route of the API, such as ''GET /users/{id}'', or a route key of a WebSocket API; may be repeated. Without any, the path itself is the resource')
            [CompletionResult]::new('--stage', '--stage', [CompletionResultType]::ParameterName, 'The stage [default: from the URL, else $default for HTTP APIs and prod for others]')
            [CompletionResult]::new('--stage-variable', '--stage-variable', [CompletionResultType]::ParameterName, 'A stage variable; may be repeated')
            [CompletionResult]::new('--binary-media-type', '--binary-media-type', [CompletionResultType]::ParameterName, 'A binary media type of a REST API, such as image/png or */*; may be repeated')
            [CompletionResult]::new('--endpoint-type', '--endpoint-type', [CompletionResultType]::ParameterName, 'The endpoint type of a REST API')
            [CompletionResult]::new('--custom-domain', '--custom-domain', [CompletionResultType]::ParameterName, 'A custom domain name, with the base path that the API is mapped to')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account that owns the API [default: 123456789012]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: from the URL, else us-east-1]')
            [CompletionResult]::new('--api-id', '--api-id', [CompletionResultType]::ParameterName, 'The id of the API or function URL, or the name of the load balancer''s target group [default: from the URL, else a fixed one]')
            [CompletionResult]::new('--source-ip', '--source-ip', [CompletionResultType]::ParameterName, 'The client''s address [default: 203.0.113.10]')
            [CompletionResult]::new('--principal', '--principal', [CompletionResultType]::ParameterName, 'The principal that a Lambda authorizer named')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'An entry of a Lambda authorizer''s context; the value is read as JSON if it is JSON')
            [CompletionResult]::new('--claim', '--claim', [CompletionResultType]::ParameterName, 'A claim of the token: Cognito for REST, JWT for HTTP APIs; may be repeated')
            [CompletionResult]::new('--iam', '--iam', [CompletionResultType]::ParameterName, 'The IAM user or assumed role that signed the request')
            [CompletionResult]::new('--api-key', '--api-key', [CompletionResultType]::ParameterName, 'The API key that the client sends in the header x-api-key (REST); @FILE reads it from a file')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'The instant of the call, such as 2025-01-31T12:00:00Z [default: a fixed one]')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'A number that all ids depend on; the same number gives the same ids')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Put a value into the event, such as /headers/x-a=1; the value is read as JSON if it is JSON, else as text')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('--streaming', '--streaming', [CompletionResultType]::ParameterName, 'The function URL streams: its invoke mode is RESPONSE_STREAM')
            [CompletionResult]::new('--fresh', '--fresh', [CompletionResultType]::ParameterName, 'The real clock, and ids that differ from run to run')
            [CompletionResult]::new('--compact', '--compact', [CompletionResultType]::ParameterName, 'One line instead of many')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apigw;event;from;openapi' {
            [CompletionResult]::new('--operation', '--operation', [CompletionResultType]::ParameterName, 'Only this operation: its operationId, or method and path such as ''GET /users/{id}''')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The kind of event (see `apigw event list`), or a flavour, which keeps the request''s own method. A host that this front end cannot have gives way to its default name')
            [CompletionResult]::new('--route', '--route', [CompletionResultType]::ParameterName, 'A route of the API, such as ''GET /users/{id}'', or a route key of a WebSocket API; may be repeated. Without any, the path itself is the resource')
            [CompletionResult]::new('--stage', '--stage', [CompletionResultType]::ParameterName, 'The stage [default: from the URL, else $default for HTTP APIs and prod for others]')
            [CompletionResult]::new('--stage-variable', '--stage-variable', [CompletionResultType]::ParameterName, 'A stage variable; may be repeated')
            [CompletionResult]::new('--binary-media-type', '--binary-media-type', [CompletionResultType]::ParameterName, 'A binary media type of a REST API, such as image/png or */*; may be repeated')
            [CompletionResult]::new('--endpoint-type', '--endpoint-type', [CompletionResultType]::ParameterName, 'The endpoint type of a REST API')
            [CompletionResult]::new('--custom-domain', '--custom-domain', [CompletionResultType]::ParameterName, 'A custom domain name, with the base path that the API is mapped to')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account that owns the API [default: 123456789012]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: from the URL, else us-east-1]')
            [CompletionResult]::new('--api-id', '--api-id', [CompletionResultType]::ParameterName, 'The id of the API or function URL, or the name of the load balancer''s target group [default: from the URL, else a fixed one]')
            [CompletionResult]::new('--source-ip', '--source-ip', [CompletionResultType]::ParameterName, 'The client''s address [default: 203.0.113.10]')
            [CompletionResult]::new('--principal', '--principal', [CompletionResultType]::ParameterName, 'The principal that a Lambda authorizer named')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'An entry of a Lambda authorizer''s context; the value is read as JSON if it is JSON')
            [CompletionResult]::new('--claim', '--claim', [CompletionResultType]::ParameterName, 'A claim of the token: Cognito for REST, JWT for HTTP APIs; may be repeated')
            [CompletionResult]::new('--iam', '--iam', [CompletionResultType]::ParameterName, 'The IAM user or assumed role that signed the request')
            [CompletionResult]::new('--api-key', '--api-key', [CompletionResultType]::ParameterName, 'The API key that the client sends in the header x-api-key (REST); @FILE reads it from a file')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'The instant of the call, such as 2025-01-31T12:00:00Z [default: a fixed one]')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'A number that all ids depend on; the same number gives the same ids')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Put a value into the event, such as /headers/x-a=1; the value is read as JSON if it is JSON, else as text')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('--streaming', '--streaming', [CompletionResultType]::ParameterName, 'The function URL streams: its invoke mode is RESPONSE_STREAM')
            [CompletionResult]::new('--fresh', '--fresh', [CompletionResultType]::ParameterName, 'The real clock, and ids that differ from run to run')
            [CompletionResult]::new('--compact', '--compact', [CompletionResultType]::ParameterName, 'One line instead of many')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apigw;event;from;help' {
            [CompletionResult]::new('curl', 'curl', [CompletionResultType]::ParameterValue, 'The event for a curl command line, as browsers copy it and people write it')
            [CompletionResult]::new('har', 'har', [CompletionResultType]::ParameterValue, 'The events of a HAR recording, one line each')
            [CompletionResult]::new('http', 'http', [CompletionResultType]::ParameterValue, 'The event for a raw HTTP/1.1 request')
            [CompletionResult]::new('openapi', 'openapi', [CompletionResultType]::ParameterValue, 'Events for the operations of an OpenAPI 3 document')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apigw;event;from;help;curl' {
            break
        }
        'apigw;event;from;help;har' {
            break
        }
        'apigw;event;from;help;http' {
            break
        }
        'apigw;event;from;help;openapi' {
            break
        }
        'apigw;event;from;help;help' {
            break
        }
        'apigw;event;to' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'apigw;event;convert' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The front end that would send it')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('--compact', '--compact', [CompletionResultType]::ParameterName, 'One line instead of many')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'apigw;event;list' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('--aliases', '--aliases', [CompletionResultType]::ParameterName, 'List the names that SAM, the Lambda console, cargo-lambda, Serverless and Powertools use; each is understood wherever a kind is')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apigw;event;check' {
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'The flavour that the events should be of [default: what each looks like]')
            [CompletionResult]::new('--input', '--input', [CompletionResultType]::ParameterName, 'How a file holds its documents')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'The name of what comes on standard input, for reports')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the findings [default: human]')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'Also write a report to a file, in any of these formats; may be repeated. A file that cannot be written makes the exit code 2')
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Tell of these rules only: codes, beginnings of codes (AGW1), names, or all; may be repeated')
            [CompletionResult]::new('--extend-select', '--extend-select', [CompletionResultType]::ParameterName, 'Tell of these rules as well, whatever the configuration ignores')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Do not tell of these rules; those about text that is no JSON (AGW9..) only if named one by one')
            [CompletionResult]::new('--severity', '--severity', [CompletionResultType]::ParameterName, 'Make findings of a rule or of a group of rules so severe: error, warning, info, or off')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'From which severity on findings make the exit code 1 [default: error]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file [default: the nearest apigw.toml or .apigw.toml above each file, up to the root of its repository]')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'Do not tell of the findings that stand in this file')
            [CompletionResult]::new('--write-baseline', '--write-baseline', [CompletionResultType]::ParameterName, 'Write what is found to this file, so that --baseline hides it from now on')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('--why', '--why', [CompletionResultType]::ParameterName, 'Also say what speaks for the flavour of each event, and against the others')
            [CompletionResult]::new('--allow-empty', '--allow-empty', [CompletionResultType]::ParameterName, 'Do not call it an error when there is nothing to check')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing of what is in order: no summary, and nothing of documents without findings')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing of what is in order: no summary, and nothing of documents without findings')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration file')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apigw;event;diff' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the differences')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Also what differs from call to call')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apigw;event;help' {
            [CompletionResult]::new('gen', 'gen', [CompletionResultType]::ParameterValue, 'Generate the event that API Gateway sends for a request')
            [CompletionResult]::new('from', 'from', [CompletionResultType]::ParameterValue, 'Events from what is at hand: a curl command line, a HAR recording, raw HTTP, OpenAPI')
            [CompletionResult]::new('to', 'to', [CompletionResultType]::ParameterValue, 'The request that an event describes: as a curl command, as raw HTTP, or its URL')
            [CompletionResult]::new('convert', 'convert', [CompletionResultType]::ParameterValue, 'Turn an event into the one that another front end would send for the same call')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the kinds of event')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Say whether AWS would send such an event, and which front end would')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Say what differs between two events')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apigw;event;help;gen' {
            break
        }
        'apigw;event;help;from' {
            [CompletionResult]::new('curl', 'curl', [CompletionResultType]::ParameterValue, 'The event for a curl command line, as browsers copy it and people write it')
            [CompletionResult]::new('har', 'har', [CompletionResultType]::ParameterValue, 'The events of a HAR recording, one line each')
            [CompletionResult]::new('http', 'http', [CompletionResultType]::ParameterValue, 'The event for a raw HTTP/1.1 request')
            [CompletionResult]::new('openapi', 'openapi', [CompletionResultType]::ParameterValue, 'Events for the operations of an OpenAPI 3 document')
            break
        }
        'apigw;event;help;from;curl' {
            break
        }
        'apigw;event;help;from;har' {
            break
        }
        'apigw;event;help;from;http' {
            break
        }
        'apigw;event;help;from;openapi' {
            break
        }
        'apigw;event;help;to' {
            break
        }
        'apigw;event;help;convert' {
            break
        }
        'apigw;event;help;list' {
            break
        }
        'apigw;event;help;check' {
            break
        }
        'apigw;event;help;diff' {
            break
        }
        'apigw;event;help;help' {
            break
        }
        'apigw;invoke' {
            [CompletionResult]::new('--bin', '--bin', [CompletionResultType]::ParameterName, 'A function''s binary: it is started with Lambda''s environment and a Runtime API of its own')
            [CompletionResult]::new('--handler', '--handler', [CompletionResultType]::ParameterName, 'A handler in a Python or Node file, as Lambda''s setting has it: app.lambda_handler, src/index.handler')
            [CompletionResult]::new('--cmd', '--cmd', [CompletionResultType]::ParameterName, 'A command line that builds and starts the function, such as ''go run .''; no shell reads it')
            [CompletionResult]::new('--runtime', '--runtime', [CompletionResultType]::ParameterName, 'What runs the handler: python3.12, nodejs22, the path of an interpreter [default: what the file needs, on PATH]')
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'A variable of the function''s environment; may be repeated')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'A file with NAME=VALUE lines for the function''s environment')
            [CompletionResult]::new('--env-vars', '--env-vars', [CompletionResultType]::ParameterName, 'A JSON file with variables, as SAM has it: {"FUNCTION": {"NAME": "VALUE"}, "Parameters": {…}}')
            [CompletionResult]::new('--function-name', '--function-name', [CompletionResultType]::ParameterName, 'What the function is called [default: by its binary, file or directory]')
            [CompletionResult]::new('--memory', '--memory', [CompletionResultType]::ParameterName, 'The function''s memory size in MB [default: 128]')
            [CompletionResult]::new('--init-timeout', '--init-timeout', [CompletionResultType]::ParameterName, 'Seconds until the function has to ask for its first event [default: 10, with --cmd 600]')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'Stay after the answer and let others invoke the warm function, by Lambda''s Invoke API on this port [a free one]')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'How the function is to write its log, as Lambda''s setting says; JSON is shown in plain lines')
            [CompletionResult]::new('--log-level', '--log-level', [CompletionResultType]::ParameterName, 'The least level that the function is to log, as Lambda''s setting says [default: info for JSON]')
            [CompletionResult]::new('--url', '--url', [CompletionResultType]::ParameterName, 'An endpoint: the request is sent below this URL')
            [CompletionResult]::new('--max-redirs', '--max-redirs', [CompletionResultType]::ParameterName, 'How many redirects are followed; -1 for all [default: 50]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Seconds to reach the server [default: 10]')
            [CompletionResult]::new('--retry', '--retry', [CompletionResultType]::ParameterName, 'Try again that often after a timeout or the statuses 408, 429, 500, 502, 503 and 504')
            [CompletionResult]::new('--retry-delay', '--retry-delay', [CompletionResultType]::ParameterName, 'Seconds between the tries [default: 1, twice as long each time, or what Retry-After says]')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Keep cookies from request to request, and write them to this file in Netscape''s format')
            [CompletionResult]::new('--cookie-jar', '--cookie-jar', [CompletionResultType]::ParameterName, 'Keep cookies from request to request, and write them to this file in Netscape''s format')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'The certificates that are trusted, in PEM format, instead of those of this machine')
            [CompletionResult]::new('-E', '-E ', [CompletionResultType]::ParameterName, 'A client certificate in PEM format, perhaps with its key')
            [CompletionResult]::new('--cert', '--cert', [CompletionResultType]::ParameterName, 'A client certificate in PEM format, perhaps with its key')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'The key of the client certificate in PEM format')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'The address of a host, instead of asking for it; may be repeated')
            [CompletionResult]::new('--connect-to', '--connect-to', [CompletionResultType]::ParameterName, 'Where connections for a host and port go instead; may be repeated')
            [CompletionResult]::new('-x', '-x', [CompletionResultType]::ParameterName, 'A proxy of http, https or socks5 [default: as the environment says]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'A proxy of http, https or socks5 [default: as the environment says]')
            [CompletionResult]::new('--noproxy', '--noproxy', [CompletionResultType]::ParameterName, 'Hosts that are reached without a proxy, by commas; * for all')
            [CompletionResult]::new('-D', '-D ', [CompletionResultType]::ParameterName, 'Write the heads of all responses to a file')
            [CompletionResult]::new('--dump-header', '--dump-header', [CompletionResultType]::ParameterName, 'Write the heads of all responses to a file')
            [CompletionResult]::new('-w', '-w', [CompletionResultType]::ParameterName, 'Say this behind the answer: text with %{http_code}, %{time_total}, %header{NAME}, %{json}, or @FILE')
            [CompletionResult]::new('--write-out', '--write-out', [CompletionResultType]::ParameterName, 'Say this behind the answer: text with %{http_code}, %{time_total}, %header{NAME}, %{json}, or @FILE')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'A kind of event, a file with an event, or - for standard input')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'The front end between caller and function [default: that of the event, else rest]')
            [CompletionResult]::new('--path', '--path', [CompletionResultType]::ParameterName, 'Path and query below the stage, such as ''/users/42?a=1&a=2''')
            [CompletionResult]::new('-X', '-X ', [CompletionResultType]::ParameterName, 'The method, instead of the kind''s own')
            [CompletionResult]::new('--method', '--method', [CompletionResultType]::ParameterName, 'The method, instead of the kind''s own')
            [CompletionResult]::new('--request', '--request', [CompletionResultType]::ParameterName, 'The method, instead of the kind''s own')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'A header, or @FILE with one on each line; may be repeated, also for the same name. ''Name;'' is empty, and ''Name:'' takes away what would be sent otherwise')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'A header, or @FILE with one on each line; may be repeated, also for the same name. ''Name;'' is empty, and ''Name:'' takes away what would be sent otherwise')
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'The body: text, @FILE without its line breaks, or @- for standard input; several are joined by &')
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'The body: text, @FILE without its line breaks, or @- for standard input; several are joined by &')
            [CompletionResult]::new('--data-raw', '--data-raw', [CompletionResultType]::ParameterName, 'The same, where @ is a letter like others')
            [CompletionResult]::new('--data-binary', '--data-binary', [CompletionResultType]::ParameterName, 'The same, with every byte of @FILE')
            [CompletionResult]::new('--data-urlencode', '--data-urlencode', [CompletionResultType]::ParameterName, 'The same, encoded for you: TEXT, NAME=TEXT, @FILE or NAME@FILE')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'A body of JSON, @FILE or @-, with the headers that say so; several follow each other')
            [CompletionResult]::new('-F', '-F ', [CompletionResultType]::ParameterName, 'A field of a form of several parts: NAME=TEXT, NAME=@FILE (as a file) or NAME=<FILE (its text), then perhaps ;type=TYPE ;filename=NAME')
            [CompletionResult]::new('--form', '--form', [CompletionResultType]::ParameterName, 'A field of a form of several parts: NAME=TEXT, NAME=@FILE (as a file) or NAME=<FILE (its text), then perhaps ;type=TYPE ;filename=NAME')
            [CompletionResult]::new('--form-string', '--form-string', [CompletionResultType]::ParameterName, 'The same, where @, < and ; are letters like others')
            [CompletionResult]::new('--query', '--query', [CompletionResultType]::ParameterName, 'A query parameter, encoded for you; may be repeated')
            [CompletionResult]::new('--url-query', '--url-query', [CompletionResultType]::ParameterName, 'A piece of the query, as --data-urlencode takes it, or raw behind a +')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'A cookie; several are joined in one Cookie header. `invoke --url` takes a file of cookies too')
            [CompletionResult]::new('--cookie', '--cookie', [CompletionResultType]::ParameterName, 'A cookie; several are joined in one Cookie header. `invoke --url` takes a file of cookies too')
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'User and password, for basic authentication')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'User and password, for basic authentication')
            [CompletionResult]::new('-A', '-A ', [CompletionResultType]::ParameterName, 'The User-Agent')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'The User-Agent')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'The Referer')
            [CompletionResult]::new('--referer', '--referer', [CompletionResultType]::ParameterName, 'The Referer')
            [CompletionResult]::new('--route', '--route', [CompletionResultType]::ParameterName, 'A route of the API, such as ''GET /users/{id}'', or a route key of a WebSocket API; may be repeated. Without any, the path itself is the resource')
            [CompletionResult]::new('--stage', '--stage', [CompletionResultType]::ParameterName, 'The stage [default: from the URL, else $default for HTTP APIs and prod for others]')
            [CompletionResult]::new('--stage-variable', '--stage-variable', [CompletionResultType]::ParameterName, 'A stage variable; may be repeated')
            [CompletionResult]::new('--binary-media-type', '--binary-media-type', [CompletionResultType]::ParameterName, 'A binary media type of a REST API, such as image/png or */*; may be repeated')
            [CompletionResult]::new('--endpoint-type', '--endpoint-type', [CompletionResultType]::ParameterName, 'The endpoint type of a REST API')
            [CompletionResult]::new('--custom-domain', '--custom-domain', [CompletionResultType]::ParameterName, 'A custom domain name, with the base path that the API is mapped to')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account that owns the API [default: 123456789012]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region [default: from the URL, else us-east-1]')
            [CompletionResult]::new('--api-id', '--api-id', [CompletionResultType]::ParameterName, 'The id of the API or function URL, or the name of the load balancer''s target group [default: from the URL, else a fixed one]')
            [CompletionResult]::new('--source-ip', '--source-ip', [CompletionResultType]::ParameterName, 'The client''s address [default: 203.0.113.10]')
            [CompletionResult]::new('--principal', '--principal', [CompletionResultType]::ParameterName, 'The principal that a Lambda authorizer named')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'An entry of a Lambda authorizer''s context; the value is read as JSON if it is JSON')
            [CompletionResult]::new('--claim', '--claim', [CompletionResultType]::ParameterName, 'A claim of the token: Cognito for REST, JWT for HTTP APIs; may be repeated')
            [CompletionResult]::new('--iam', '--iam', [CompletionResultType]::ParameterName, 'The IAM user or assumed role that signed the request')
            [CompletionResult]::new('--api-key', '--api-key', [CompletionResultType]::ParameterName, 'The API key that the client sends in the header x-api-key (REST); @FILE reads it from a file')
            [CompletionResult]::new('--connection-id', '--connection-id', [CompletionResultType]::ParameterName, 'The id of the connection [default: one that depends on the request]')
            [CompletionResult]::new('--route-selection', '--route-selection', [CompletionResultType]::ParameterName, 'How the API finds the route of a message [default: $request.body.action]')
            [CompletionResult]::new('--disconnect-code', '--disconnect-code', [CompletionResultType]::ParameterName, 'The code with which the connection was closed [default: none, which AWS tells as 1005]')
            [CompletionResult]::new('--disconnect-reason', '--disconnect-reason', [CompletionResultType]::ParameterName, 'The reason with which the connection was closed')
            [CompletionResult]::new('--identity-source', '--identity-source', [CompletionResultType]::ParameterName, 'Where the identity stands, such as $request.header.Authorization; may be repeated. Without it in the request the gateway answers 401 [default: the Authorization header, and none for REQUEST and WebSocket authorizers]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'The instant of the call, such as 2025-01-31T12:00:00Z [default: a fixed one]')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'A number that all ids depend on; the same number gives the same ids')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Put a value into the event, such as /headers/x-a=1; the value is read as JSON if it is JSON, else as text')
            [CompletionResult]::new('--service', '--service', [CompletionResultType]::ParameterName, 'The service that is signed for [default: from the host, else execute-api]')
            [CompletionResult]::new('--bearer', '--bearer', [CompletionResultType]::ParameterName, 'The token of the header Authorization: Bearer, sent to --url; @FILE reads it from a file')
            [CompletionResult]::new('--cors-allow-origin', '--cors-allow-origin', [CompletionResultType]::ParameterName, 'An origin that the CORS configuration of the HTTP API or the function URL allows, or *; may be repeated')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'Seconds until the function, or the endpoint, has run out of time [default: 3, for URLs 30, in AWS 900]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Seconds until the function, or the endpoint, has run out of time [default: 3, for URLs 30, in AWS 900]')
            [CompletionResult]::new('--max-time', '--max-time', [CompletionResultType]::ParameterName, 'Seconds until the function, or the endpoint, has run out of time [default: 3, for URLs 30, in AWS 900]')
            [CompletionResult]::new('--function', '--function', [CompletionResultType]::ParameterName, 'A function in AWS: NAME, NAME:QUALIFIER or an ARN')
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'What Lambda is to do with the event [default: RequestResponse]')
            [CompletionResult]::new('--client-context', '--client-context', [CompletionResultType]::ParameterName, 'The client context that the function finds in its context object')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile of ~/.aws/config whose credentials and region are taken')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Where Lambda''s API is answered instead, such as an emulator (also AWS_ENDPOINT_URL_LAMBDA)')
            [CompletionResult]::new('--events', '--events', [CompletionResultType]::ParameterName, 'Ask with every event of a file, one a line (NDJSON), and print the answers in order; - is standard input')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Ask so many times and print a measurement, not the answers; the events of --events take turns')
            [CompletionResult]::new('--repeat', '--repeat', [CompletionResultType]::ParameterName, 'Ask so many times and print a measurement, not the answers; the events of --events take turns')
            [CompletionResult]::new('--duration', '--duration', [CompletionResultType]::ParameterName, 'Ask for so long and measure: 10s, 500ms, 2m')
            [CompletionResult]::new('--rate', '--rate', [CompletionResultType]::ParameterName, 'Ask at fixed times and measure: 50/s, 600/m. Latencies count from when a call was due: waiting for slow calls before it is a part of them')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'Ask so many at a time and measure: each in a process of the function, or on a connection, of its own [default: 1]')
            [CompletionResult]::new('--export', '--export', [CompletionResultType]::ParameterName, 'Send nothing: write the requests of --url for another tool to standard output')
            [CompletionResult]::new('--compare-bin', '--compare-bin', [CompletionResultType]::ParameterName, 'The second target: a function''s binary')
            [CompletionResult]::new('--compare-handler', '--compare-handler', [CompletionResultType]::ParameterName, 'The second target: a handler in a Python or Node file')
            [CompletionResult]::new('--compare-function', '--compare-function', [CompletionResultType]::ParameterName, 'The second target: a function in AWS')
            [CompletionResult]::new('--compare-url', '--compare-url', [CompletionResultType]::ParameterName, 'The second target: an endpoint')
            [CompletionResult]::new('--ignore-body', '--ignore-body', [CompletionResultType]::ParameterName, 'A part of JSON bodies that may differ, such as /requestId or /items/*/updatedAt; may be repeated')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output, whole or not at all')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output, whole or not at all')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('--inherit-env', '--inherit-env', [CompletionResultType]::ParameterName, 'Pass this machine''s variables, too, below Lambda''s own; credentials of AWS are among them')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Stay after the answer, and start and invoke the function anew whenever its code changes')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'Write Lambda''s START, END and REPORT lines around the function''s log; -v does, too')
            [CompletionResult]::new('--curl', '--curl', [CompletionResultType]::ParameterName, 'Print the curl command that sends the same request, and send nothing')
            [CompletionResult]::new('-L', '-L ', [CompletionResultType]::ParameterName, 'Follow redirects')
            [CompletionResult]::new('--location', '--location', [CompletionResultType]::ParameterName, 'Follow redirects')
            [CompletionResult]::new('--location-trusted', '--location-trusted', [CompletionResultType]::ParameterName, 'Follow redirects, and give other hosts the credentials too')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Fail for a status of 400 and more, without its body: exit code 1')
            [CompletionResult]::new('--fail', '--fail', [CompletionResultType]::ParameterName, 'Fail for a status of 400 and more, without its body: exit code 1')
            [CompletionResult]::new('--fail-with-body', '--fail-with-body', [CompletionResultType]::ParameterName, 'The same with the body')
            [CompletionResult]::new('--retry-connrefused', '--retry-connrefused', [CompletionResultType]::ParameterName, 'Try again also after a refused connection')
            [CompletionResult]::new('--retry-all-errors', '--retry-all-errors', [CompletionResultType]::ParameterName, 'Try again after every failure')
            [CompletionResult]::new('--compressed', '--compressed', [CompletionResultType]::ParameterName, 'Ask for a compressed body, and unpack it')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'Take any certificate of the server')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Take any certificate of the server')
            [CompletionResult]::new('--http1.1', '--http1.1', [CompletionResultType]::ParameterName, 'Speak HTTP/1.1, as is usual here')
            [CompletionResult]::new('--http2', '--http2', [CompletionResultType]::ParameterName, 'Speak HTTP/2 where the server agrees to it over TLS')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 at once')
            [CompletionResult]::new('--path-as-is', '--path-as-is', [CompletionResultType]::ParameterName, 'Refuse a path with . and .. in it, instead of resolving them: they cannot be sent')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'Write the answer into a file of the name in the URL')
            [CompletionResult]::new('--remote-name', '--remote-name', [CompletionResultType]::ParameterName, 'Write the answer into a file of the name in the URL')
            [CompletionResult]::new('-G', '-G ', [CompletionResultType]::ParameterName, 'Put the data into the query, and send no body')
            [CompletionResult]::new('--get', '--get', [CompletionResultType]::ParameterName, 'Put the data into the query, and send no body')
            [CompletionResult]::new('-I', '-I ', [CompletionResultType]::ParameterName, 'Ask for the head alone: the method HEAD')
            [CompletionResult]::new('--head', '--head', [CompletionResultType]::ParameterName, 'Ask for the head alone: the method HEAD')
            [CompletionResult]::new('--streaming', '--streaming', [CompletionResultType]::ParameterName, 'The function URL streams: its invoke mode is RESPONSE_STREAM')
            [CompletionResult]::new('--fresh', '--fresh', [CompletionResultType]::ParameterName, 'The real clock, and ids that differ from run to run')
            [CompletionResult]::new('--sign', '--sign', [CompletionResultType]::ParameterName, 'Sign the request to --url with AWS credentials, as APIs and function URLs with IAM authorization want it')
            [CompletionResult]::new('--route-response', '--route-response', [CompletionResultType]::ParameterName, 'The WebSocket route has a $default route response, so that a body is sent to the client')
            [CompletionResult]::new('--simple-responses', '--simple-responses', [CompletionResultType]::ParameterName, 'The authorizer of the HTTP API has simple responses enabled')
            [CompletionResult]::new('--cors-expected', '--cors-expected', [CompletionResultType]::ParameterName, 'Pages of other origins read the answers: every one needs CORS headers, errors too')
            [CompletionResult]::new('--stream', '--stream', [CompletionResultType]::ParameterName, 'Ask for the answer as a stream, as a function URL that streams does (InvokeWithResponseStream)')
            [CompletionResult]::new('--tail', '--tail', [CompletionResultType]::ParameterName, 'Show the end of the function''s log')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say who was asked, and which version of the function answered; on this machine as --report; with --url, the heads of requests and responses')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say who was asked, and which version of the function answered; on this machine as --report; with --url, the heads of requests and responses')
            [CompletionResult]::new('--compare', '--compare', [CompletionResultType]::ParameterName, 'Ask a second target the same, and show what differs; implied by the flags that name it')
            [CompletionResult]::new('--all-headers', '--all-headers', [CompletionResultType]::ParameterName, 'Also show headers that differ from call to call; they never count')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Show status and headers before the body')
            [CompletionResult]::new('--include', '--include', [CompletionResultType]::ParameterName, 'Show status and headers before the body')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'Print what the function returned instead of what the caller gets')
            [CompletionResult]::new('--show-secrets', '--show-secrets', [CompletionResultType]::ParameterName, 'Show credentials, tokens, keys and cookies in headers and events, which are hidden otherwise')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'Say nothing of further tries')
            [CompletionResult]::new('--silent', '--silent', [CompletionResultType]::ParameterName, 'Say nothing of further tries')
            [CompletionResult]::new('-S', '-S ', [CompletionResultType]::ParameterName, 'Show errors, as is always done')
            [CompletionResult]::new('--show-error', '--show-error', [CompletionResultType]::ParameterName, 'Show errors, as is always done')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apigw;lint-response' {
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'The front end that receives the result; several with commas, or all (but authorizers) [default: rest, unless the configuration says otherwise]')
            [CompletionResult]::new('--moment', '--moment', [CompletionResultType]::ParameterName, 'The moment of a WebSocket connection that the result answers [default: message]')
            [CompletionResult]::new('--method-arn', '--method-arn', [CompletionResultType]::ParameterName, 'The ARN of the call that an authorizer is asked about, as its event names it [default: a GET of the root of the default API]')
            [CompletionResult]::new('--route-arn', '--route-arn', [CompletionResultType]::ParameterName, 'The ARN of the call that an authorizer is asked about, as its event names it [default: a GET of the root of the default API]')
            [CompletionResult]::new('--cors-allow-origin', '--cors-allow-origin', [CompletionResultType]::ParameterName, 'An origin that the CORS configuration of the HTTP API or the function URL allows, or *; may be repeated')
            [CompletionResult]::new('--origin', '--origin', [CompletionResultType]::ParameterName, 'The origin of the page that asks: the answer must let it read')
            [CompletionResult]::new('--request-method', '--request-method', [CompletionResultType]::ParameterName, 'The method of the request that is answered [default: GET]')
            [CompletionResult]::new('--request-header', '--request-header', [CompletionResultType]::ParameterName, 'A header of the request that is answered; may be repeated')
            [CompletionResult]::new('--accept', '--accept', [CompletionResultType]::ParameterName, 'The Accept header of the request that is answered')
            [CompletionResult]::new('--binary-media-type', '--binary-media-type', [CompletionResultType]::ParameterName, 'A binary media type of the REST API, such as image/png or */*; may be repeated')
            [CompletionResult]::new('--body-schema', '--body-schema', [CompletionResultType]::ParameterName, 'A JSON Schema for the JSON in the bodies of the results, or of those with a status (200=FILE, 4xx=FILE); may be repeated. What it refers to is read from files beside it or below')
            [CompletionResult]::new('--input', '--input', [CompletionResultType]::ParameterName, 'How a file holds its documents')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'The name of what comes on standard input, for reports')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the findings [default: human]')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'Also write a report to a file, in any of these formats; may be repeated. A file that cannot be written makes the exit code 2')
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Tell of these rules only: codes, beginnings of codes (AGW1), names, or all; may be repeated')
            [CompletionResult]::new('--extend-select', '--extend-select', [CompletionResultType]::ParameterName, 'Tell of these rules as well, whatever the configuration ignores')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Do not tell of these rules; those about text that is no JSON (AGW9..) only if named one by one')
            [CompletionResult]::new('--severity', '--severity', [CompletionResultType]::ParameterName, 'Make findings of a rule or of a group of rules so severe: error, warning, info, or off')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'From which severity on findings make the exit code 1 [default: error]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file [default: the nearest apigw.toml or .apigw.toml above each file, up to the root of its repository]')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'Do not tell of the findings that stand in this file')
            [CompletionResult]::new('--write-baseline', '--write-baseline', [CompletionResultType]::ParameterName, 'Write what is found to this file, so that --baseline hides it from now on')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('--route-response', '--route-response', [CompletionResultType]::ParameterName, 'The WebSocket route has a $default route response, so that a body is sent to the client')
            [CompletionResult]::new('--simple-responses', '--simple-responses', [CompletionResultType]::ParameterName, 'The authorizer of the HTTP API has simple responses enabled')
            [CompletionResult]::new('--cors-expected', '--cors-expected', [CompletionResultType]::ParameterName, 'Pages of other origins read the answers: every one needs CORS headers, errors too')
            [CompletionResult]::new('--streaming', '--streaming', [CompletionResultType]::ParameterName, 'The function URL streams (its invoke mode is RESPONSE_STREAM): a file holds what the function sends, with its prelude if it has one')
            [CompletionResult]::new('--fix', '--fix', [CompletionResultType]::ParameterName, 'Mend what is mechanical in the files, and tell of what is left; standard input is printed mended')
            [CompletionResult]::new('--diff', '--diff', [CompletionResultType]::ParameterName, 'Print what --fix would change, and change nothing')
            [CompletionResult]::new('--allow-empty', '--allow-empty', [CompletionResultType]::ParameterName, 'Do not call it an error when there is nothing to check')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing of what is in order: no summary, and nothing of documents without findings')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing of what is in order: no summary, and nothing of documents without findings')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration file')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apigw;serve' {
            [CompletionResult]::new('--base-path', '--base-path', [CompletionResultType]::ParameterName, 'The base path of a custom domain under which an API answers, too; may be repeated')
            [CompletionResult]::new('--jwks', '--jwks', [CompletionResultType]::ParameterName, 'The keys of an authorizer that verifies tokens: a key set (JWKS) in a file or at a URL; may be repeated')
            [CompletionResult]::new('--iam-identity', '--iam-identity', [CompletionResultType]::ParameterName, 'Whom signed requests come from: the ARN of an IAM user or an assumed role')
            [CompletionResult]::new('--api-key', '--api-key', [CompletionResultType]::ParameterName, 'An API key that is known, beside those of the template; without any, every key will do')
            [CompletionResult]::new('--throttle', '--throttle', [CompletionResultType]::ParameterName, 'Let no more requests pass: so many a second, and so many at once [default: all]')
            [CompletionResult]::new('--no-auth', '--no-auth', [CompletionResultType]::ParameterName, 'Switch an authorizer off, by its name; AWS_IAM for signatures')
            [CompletionResult]::new('--no-route', '--no-route', [CompletionResultType]::ParameterName, 'Leave a route out, by its key: ''GET /users/{id}''')
            [CompletionResult]::new('--no-api', '--no-api', [CompletionResultType]::ParameterName, 'Leave an API out, by its logical id')
            [CompletionResult]::new('--parameter', '--parameter', [CompletionResultType]::ParameterName, 'The value of a parameter, instead of its default')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'What ${AWS::Region} is; the partition follows from it')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'What ${AWS::AccountId} is')
            [CompletionResult]::new('--partition', '--partition', [CompletionResultType]::ParameterName, 'What ${AWS::Partition} is: aws, aws-cn, aws-us-gov')
            [CompletionResult]::new('--api-id', '--api-id', [CompletionResultType]::ParameterName, 'The id of the API, or LOGICAL_ID=ID where there are several')
            [CompletionResult]::new('--route', '--route', [CompletionResultType]::ParameterName, 'A route and what answers it, a binary or a handler; may be repeated')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'The front end of --route: rest, http, http-v1, url or websocket')
            [CompletionResult]::new('--stage', '--stage', [CompletionResultType]::ParameterName, 'The stage of --route [default: $default, of REST and WebSocket APIs prod]')
            [CompletionResult]::new('--route-selection', '--route-selection', [CompletionResultType]::ParameterName, 'How messages of a WebSocket API of --route find theirs [default: $request.body.action]')
            [CompletionResult]::new('--route-response', '--route-response', [CompletionResultType]::ParameterName, 'A route of that WebSocket API that sends back what its function returns; may be repeated')
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'The port of the first API, the next has the next; 0 takes free ones')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The address to listen on')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How requests are told of')
            [CompletionResult]::new('--function', '--function', [CompletionResultType]::ParameterName, 'What stands for a function of the template: a binary, or a handler such as src/app.handler; may be repeated')
            [CompletionResult]::new('--build', '--build', [CompletionResultType]::ParameterName, 'A command line that builds the functions: run by the shell at the start and before each reload')
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'A variable of the functions'' environment; may be repeated')
            [CompletionResult]::new('--env-file', '--env-file', [CompletionResultType]::ParameterName, 'A file with NAME=VALUE lines for the functions'' environment')
            [CompletionResult]::new('--env-vars', '--env-vars', [CompletionResultType]::ParameterName, 'A JSON file with variables, as SAM has it: {"FUNCTION": {"NAME": "VALUE"}, "Parameters": {…}}')
            [CompletionResult]::new('--memory', '--memory', [CompletionResultType]::ParameterName, 'The functions'' memory size in MB [default: the template''s, else 128]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Seconds until a function has run out of time [default: the template''s, else 3]')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'How many processes of a function may run at once')
            [CompletionResult]::new('--inspect', '--inspect', [CompletionResultType]::ParameterName, 'The port of the page that shows requests as they come; 0 takes a free one [default: 4040]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('--one-port', '--one-port', [CompletionResultType]::ParameterName, 'All APIs on one port, found by stage or base path')
            [CompletionResult]::new('--no-watch', '--no-watch', [CompletionResultType]::ParameterName, 'Do not reload when code or templates change')
            [CompletionResult]::new('--inherit-env', '--inherit-env', [CompletionResultType]::ParameterName, 'Pass this machine''s variables, too, below Lambda''s own; credentials of AWS are among them')
            [CompletionResult]::new('--no-inspect', '--no-inspect', [CompletionResultType]::ParameterName, 'Do not open that page')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apigw;test' {
            [CompletionResult]::new('--openapi', '--openapi', [CompletionResultType]::ParameterName, 'Ask what the examples of an OpenAPI document ask, in place of the suites'' cases: the answers have to fit the responses that it describes, by status, content type and schema')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'Who is asked for --openapi, where no suite says it: a key of a target such as bin=./bootstrap; may be repeated')
            [CompletionResult]::new('--filter', '--filter', [CompletionResultType]::ParameterName, 'Only cases whose names contain this text, or match it as a regular expression; cases whose captures they use run, too. May be repeated')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Only cases with this tag; may be repeated')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'How many suites run at a time [default: 2]')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'How many suites run at a time [default: 2]')
            [CompletionResult]::new('--shuffle', '--shuffle', [CompletionResultType]::ParameterName, 'Run suites, and cases of suites without captures, in an order that depends on a number')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'How often a case is tried again that is not as expected; of functions in AWS and endpoints')
            [CompletionResult]::new('--fuzz', '--fuzz', [CompletionResultType]::ParameterName, 'Also send N hostile variants of each request to the function, as events that AWS could send: without headers, oddly encoded, of other types. A function that fails, or whose result is refused, is a failure')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'The number that the choice of variants depends on')
            [CompletionResult]::new('--hostile', '--hostile', [CompletionResultType]::ParameterName, 'Send the variant with just these changes, as a failure of --fuzz names them')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print what came of it [default: human]')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'Also write a report to a file, in any of these formats; may be repeated')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'List the cases, and run nothing')
            [CompletionResult]::new('--bail', '--bail', [CompletionResultType]::ParameterName, 'End with the first case that is not as expected')
            [CompletionResult]::new('--update', '--update', [CompletionResultType]::ParameterName, 'Write the snapshots that are missing or differ, and drop those of no case')
            [CompletionResult]::new('--show-secrets', '--show-secrets', [CompletionResultType]::ParameterName, 'Show credentials, tokens, keys and cookies, which are hidden otherwise')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Write a first suite')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apigw;test;init' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The suite to write; - for standard output [default: TEMPLATE.apigw.yaml beside the template]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The suite to write; - for standard output [default: TEMPLATE.apigw.yaml beside the template]')
            [CompletionResult]::new('--function', '--function', [CompletionResultType]::ParameterName, 'What stands for a function, a binary or a handler; * for the routes of a document that names none; may be repeated')
            [CompletionResult]::new('--parameter', '--parameter', [CompletionResultType]::ParameterName, 'The value of a parameter, instead of its default')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'What ${AWS::Region} is; the partition follows from it')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'What ${AWS::AccountId} is')
            [CompletionResult]::new('--partition', '--partition', [CompletionResultType]::ParameterName, 'What ${AWS::Partition} is: aws, aws-cn, aws-us-gov')
            [CompletionResult]::new('--api-id', '--api-id', [CompletionResultType]::ParameterName, 'The id of the API, or LOGICAL_ID=ID where there are several')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace the file if it is there')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'apigw;test;help' {
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Write a first suite')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apigw;test;help;init' {
            break
        }
        'apigw;test;help;help' {
            break
        }
        'apigw;explain' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print it')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apigw;policy' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('arn', 'arn', [CompletionResultType]::ParameterValue, 'Draw a pattern of ARNs, and say whether it matches, contains or overlaps others')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Say what is wrong with a policy, and which route of a template may not invoke its function')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say whether a policy allows a request, and which statement or segment decides')
            [CompletionResult]::new('grants', 'grants', [CompletionResultType]::ParameterValue, 'List every grant of a template, those included that SAM generates from events and authorizers')
            [CompletionResult]::new('routes', 'routes', [CompletionResultType]::ParameterValue, 'List the routes of a template with the source ARN that each presents to its function, and which grant covers it')
            [CompletionResult]::new('suggest', 'suggest', [CompletionResultType]::ParameterValue, 'The fewest grants that let every route and authorizer of a template invoke its function')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apigw;policy;arn' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('--string', '--string', [CompletionResultType]::ParameterName, 'Compare whole texts, as StringLike does: * reaches over colons')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apigw;policy;check' {
            [CompletionResult]::new('--input', '--input', [CompletionResultType]::ParameterName, 'How a file holds its documents')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'The name of what comes on standard input, for reports')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the findings [default: human]')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'Also write a report to a file, in any of these formats; may be repeated. A file that cannot be written makes the exit code 2')
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Tell of these rules only: codes, beginnings of codes (AGW1), names, or all; may be repeated')
            [CompletionResult]::new('--extend-select', '--extend-select', [CompletionResultType]::ParameterName, 'Tell of these rules as well, whatever the configuration ignores')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Do not tell of these rules; those about text that is no JSON (AGW9..) only if named one by one')
            [CompletionResult]::new('--severity', '--severity', [CompletionResultType]::ParameterName, 'Make findings of a rule or of a group of rules so severe: error, warning, info, or off')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'From which severity on findings make the exit code 1 [default: error]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file [default: the nearest apigw.toml or .apigw.toml above each file, up to the root of its repository]')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'Do not tell of the findings that stand in this file')
            [CompletionResult]::new('--write-baseline', '--write-baseline', [CompletionResultType]::ParameterName, 'Write what is found to this file, so that --baseline hides it from now on')
            [CompletionResult]::new('--parameter', '--parameter', [CompletionResultType]::ParameterName, 'The value of a parameter, instead of its default')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'What ${AWS::Region} is; the partition follows from it')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'What ${AWS::AccountId} is')
            [CompletionResult]::new('--partition', '--partition', [CompletionResultType]::ParameterName, 'What ${AWS::Partition} is: aws, aws-cn, aws-us-gov')
            [CompletionResult]::new('--api-id', '--api-id', [CompletionResultType]::ParameterName, 'The id of the API, or LOGICAL_ID=ID where there are several')
            [CompletionResult]::new('--function', '--function', [CompletionResultType]::ParameterName, 'Check what AWS has of a function now: its policy, and the APIs that the policy or --api-id names. NAME, NAME:QUALIFIER or an ARN')
            [CompletionResult]::new('--stage', '--stage', [CompletionResultType]::ParameterName, 'Look at this stage of the APIs only')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile of ~/.aws/config whose credentials and region are taken')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Where AWS''s services are answered instead, such as an emulator')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('--allow-empty', '--allow-empty', [CompletionResultType]::ParameterName, 'Do not call it an error when there is nothing to check')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing of what is in order: no summary, and nothing of documents without findings')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing of what is in order: no summary, and nothing of documents without findings')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration file')
            [CompletionResult]::new('--fix', '--fix', [CompletionResultType]::ParameterName, 'Mend what is mechanical in the files, and tell of what is left; standard input is printed mended')
            [CompletionResult]::new('--diff', '--diff', [CompletionResultType]::ParameterName, 'Print what --fix would change, and change nothing')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apigw;policy;explain' {
            [CompletionResult]::new('--policy', '--policy', [CompletionResultType]::ParameterName, 'The policy; - for standard input')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print')
            [CompletionResult]::new('--source-arn', '--source-arn', [CompletionResultType]::ParameterName, 'The source ARN that API Gateway presents to the function')
            [CompletionResult]::new('--function', '--function', [CompletionResultType]::ParameterName, 'The function that is invoked [default: the resource of the policy''s first statement]')
            [CompletionResult]::new('--route', '--route', [CompletionResultType]::ParameterName, 'A route of the template, such as ''GET /users/{id}'', $default, or ''authorizer NAME''')
            [CompletionResult]::new('--template', '--template', [CompletionResultType]::ParameterName, 'The template that has the route: SAM, CloudFormation, CDK, Terraform or OpenAPI')
            [CompletionResult]::new('--parameter', '--parameter', [CompletionResultType]::ParameterName, 'The value of a parameter of the template, instead of its default')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'The API of the template, where several have the route')
            [CompletionResult]::new('--request', '--request', [CompletionResultType]::ParameterName, 'The call of the API, such as ''GET /users/42''; $connect for a WebSocket API')
            [CompletionResult]::new('--stage', '--stage', [CompletionResultType]::ParameterName, 'The stage [default: that of the template if there is one, else prod]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region of the API [default: that of the policy''s resources, else us-east-1]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The account of the API [default: that of the policy''s resources, else 123456789012]')
            [CompletionResult]::new('--api-id', '--api-id', [CompletionResultType]::ParameterName, 'The id of the API [default: that of the policy''s resources, else a fixed one]')
            [CompletionResult]::new('--source-ip', '--source-ip', [CompletionResultType]::ParameterName, 'The client''s address; behind a VPC endpoint it is aws:VpcSourceIp [default: 203.0.113.10 for calls that come through none]')
            [CompletionResult]::new('--vpce', '--vpce', [CompletionResultType]::ParameterName, 'The VPC endpoint through which the call comes')
            [CompletionResult]::new('--vpc', '--vpc', [CompletionResultType]::ParameterName, 'The VPC from which the call comes')
            [CompletionResult]::new('--caller', '--caller', [CompletionResultType]::ParameterName, 'Who signed the request: the ARN of a user, role or session, or an account')
            [CompletionResult]::new('--auth', '--auth', [CompletionResultType]::ParameterName, 'How the method authorizes its callers [default: iam with --caller, else the policy alone]')
            [CompletionResult]::new('--auth-says', '--auth-says', [CompletionResultType]::ParameterName, 'What the caller''s own policies, the token or the Lambda authorizer say [default: allow]')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'A key of the request''s context, such as aws:PrincipalOrgID=o-123; a key given twice has two values')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apigw;policy;grants' {
            [CompletionResult]::new('--parameter', '--parameter', [CompletionResultType]::ParameterName, 'The value of a parameter, instead of its default')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'What ${AWS::Region} is; the partition follows from it')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'What ${AWS::AccountId} is')
            [CompletionResult]::new('--partition', '--partition', [CompletionResultType]::ParameterName, 'What ${AWS::Partition} is: aws, aws-cn, aws-us-gov')
            [CompletionResult]::new('--api-id', '--api-id', [CompletionResultType]::ParameterName, 'The id of the API, or LOGICAL_ID=ID where there are several')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apigw;policy;routes' {
            [CompletionResult]::new('--parameter', '--parameter', [CompletionResultType]::ParameterName, 'The value of a parameter, instead of its default')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'What ${AWS::Region} is; the partition follows from it')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'What ${AWS::AccountId} is')
            [CompletionResult]::new('--partition', '--partition', [CompletionResultType]::ParameterName, 'What ${AWS::Partition} is: aws, aws-cn, aws-us-gov')
            [CompletionResult]::new('--api-id', '--api-id', [CompletionResultType]::ParameterName, 'The id of the API, or LOGICAL_ID=ID where there are several')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apigw;policy;suggest' {
            [CompletionResult]::new('--parameter', '--parameter', [CompletionResultType]::ParameterName, 'The value of a parameter, instead of its default')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'What ${AWS::Region} is; the partition follows from it')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'What ${AWS::AccountId} is')
            [CompletionResult]::new('--partition', '--partition', [CompletionResultType]::ParameterName, 'What ${AWS::Partition} is: aws, aws-cn, aws-us-gov')
            [CompletionResult]::new('--api-id', '--api-id', [CompletionResultType]::ParameterName, 'The id of the API, or LOGICAL_ID=ID where there are several')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print')
            [CompletionResult]::new('--breadth', '--breadth', [CompletionResultType]::ParameterName, 'How far a grant may reach')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'How to write the grants')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apigw;policy;help' {
            [CompletionResult]::new('arn', 'arn', [CompletionResultType]::ParameterValue, 'Draw a pattern of ARNs, and say whether it matches, contains or overlaps others')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Say what is wrong with a policy, and which route of a template may not invoke its function')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say whether a policy allows a request, and which statement or segment decides')
            [CompletionResult]::new('grants', 'grants', [CompletionResultType]::ParameterValue, 'List every grant of a template, those included that SAM generates from events and authorizers')
            [CompletionResult]::new('routes', 'routes', [CompletionResultType]::ParameterValue, 'List the routes of a template with the source ARN that each presents to its function, and which grant covers it')
            [CompletionResult]::new('suggest', 'suggest', [CompletionResultType]::ParameterValue, 'The fewest grants that let every route and authorizer of a template invoke its function')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apigw;policy;help;arn' {
            break
        }
        'apigw;policy;help;check' {
            break
        }
        'apigw;policy;help;explain' {
            break
        }
        'apigw;policy;help;grants' {
            break
        }
        'apigw;policy;help;routes' {
            break
        }
        'apigw;policy;help;suggest' {
            break
        }
        'apigw;policy;help;help' {
            break
        }
        'apigw;rules' {
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Only rules whose code begins so (AGW1), or of that name; several with commas')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apigw;schema' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the list')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apigw;demo' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'apigw;completions' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'apigw;demo-function' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'apigw;help' {
            [CompletionResult]::new('event', 'event', [CompletionResultType]::ParameterValue, 'Make, list, check and compare the events that API Gateway sends to functions')
            [CompletionResult]::new('invoke', 'invoke', [CompletionResultType]::ParameterValue, 'Send an event to a function, or a request to an endpoint, and show what the caller gets')
            [CompletionResult]::new('lint-response', 'lint-response', [CompletionResultType]::ParameterValue, 'Say whether API Gateway accepts a function''s output, and what the caller gets')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Serve APIs on this machine: their routes, authorizers and functions')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Run suites of test cases against a function, an endpoint or the APIs of a template')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain a rule, or an error: who answered, why, and what to do next')
            [CompletionResult]::new('policy', 'policy', [CompletionResultType]::ParameterValue, 'Say who may invoke which function, what API Gateway asks of it, and why not')
            [CompletionResult]::new('rules', 'rules', [CompletionResultType]::ParameterValue, 'List the rules')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print a published JSON Schema, for editors and other tools')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Show the main job on this machine: a request, its event, a function''s result, the response')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('demo-function', 'demo-function', [CompletionResultType]::ParameterValue, 'Serve the demo''s events (started by `apigw demo`)')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apigw;help;event' {
            [CompletionResult]::new('gen', 'gen', [CompletionResultType]::ParameterValue, 'Generate the event that API Gateway sends for a request')
            [CompletionResult]::new('from', 'from', [CompletionResultType]::ParameterValue, 'Events from what is at hand: a curl command line, a HAR recording, raw HTTP, OpenAPI')
            [CompletionResult]::new('to', 'to', [CompletionResultType]::ParameterValue, 'The request that an event describes: as a curl command, as raw HTTP, or its URL')
            [CompletionResult]::new('convert', 'convert', [CompletionResultType]::ParameterValue, 'Turn an event into the one that another front end would send for the same call')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the kinds of event')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Say whether AWS would send such an event, and which front end would')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Say what differs between two events')
            break
        }
        'apigw;help;event;gen' {
            break
        }
        'apigw;help;event;from' {
            [CompletionResult]::new('curl', 'curl', [CompletionResultType]::ParameterValue, 'The event for a curl command line, as browsers copy it and people write it')
            [CompletionResult]::new('har', 'har', [CompletionResultType]::ParameterValue, 'The events of a HAR recording, one line each')
            [CompletionResult]::new('http', 'http', [CompletionResultType]::ParameterValue, 'The event for a raw HTTP/1.1 request')
            [CompletionResult]::new('openapi', 'openapi', [CompletionResultType]::ParameterValue, 'Events for the operations of an OpenAPI 3 document')
            break
        }
        'apigw;help;event;from;curl' {
            break
        }
        'apigw;help;event;from;har' {
            break
        }
        'apigw;help;event;from;http' {
            break
        }
        'apigw;help;event;from;openapi' {
            break
        }
        'apigw;help;event;to' {
            break
        }
        'apigw;help;event;convert' {
            break
        }
        'apigw;help;event;list' {
            break
        }
        'apigw;help;event;check' {
            break
        }
        'apigw;help;event;diff' {
            break
        }
        'apigw;help;invoke' {
            break
        }
        'apigw;help;lint-response' {
            break
        }
        'apigw;help;serve' {
            break
        }
        'apigw;help;test' {
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Write a first suite')
            break
        }
        'apigw;help;test;init' {
            break
        }
        'apigw;help;explain' {
            break
        }
        'apigw;help;policy' {
            [CompletionResult]::new('arn', 'arn', [CompletionResultType]::ParameterValue, 'Draw a pattern of ARNs, and say whether it matches, contains or overlaps others')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Say what is wrong with a policy, and which route of a template may not invoke its function')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say whether a policy allows a request, and which statement or segment decides')
            [CompletionResult]::new('grants', 'grants', [CompletionResultType]::ParameterValue, 'List every grant of a template, those included that SAM generates from events and authorizers')
            [CompletionResult]::new('routes', 'routes', [CompletionResultType]::ParameterValue, 'List the routes of a template with the source ARN that each presents to its function, and which grant covers it')
            [CompletionResult]::new('suggest', 'suggest', [CompletionResultType]::ParameterValue, 'The fewest grants that let every route and authorizer of a template invoke its function')
            break
        }
        'apigw;help;policy;arn' {
            break
        }
        'apigw;help;policy;check' {
            break
        }
        'apigw;help;policy;explain' {
            break
        }
        'apigw;help;policy;grants' {
            break
        }
        'apigw;help;policy;routes' {
            break
        }
        'apigw;help;policy;suggest' {
            break
        }
        'apigw;help;rules' {
            break
        }
        'apigw;help;schema' {
            break
        }
        'apigw;help;demo' {
            break
        }
        'apigw;help;completions' {
            break
        }
        'apigw;help;demo-function' {
            break
        }
        'apigw;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
