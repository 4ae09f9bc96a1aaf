
use builtin;
use str;

set edit:completion:arg-completer[apigw] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'apigw'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'apigw'= {
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand event 'Make, list, check and compare the events that API Gateway sends to functions'
            cand invoke 'Send an event to a function, or a request to an endpoint, and show what the caller gets'
            cand lint-response 'Say whether API Gateway accepts a function''s output, and what the caller gets'
            cand serve 'Serve APIs on this machine: their routes, authorizers and functions'
            cand test 'Run suites of test cases against a function, an endpoint or the APIs of a template'
            cand explain 'Explain a rule, or an error: who answered, why, and what to do next'
            cand policy 'Say who may invoke which function, what API Gateway asks of it, and why not'
            cand rules 'List the rules'
            cand schema 'Print a published JSON Schema, for editors and other tools'
            cand demo 'Show the main job on this machine: a request, its event, a function''s result, the response'
            cand completions 'Print a completion script for a shell'
            cand demo-function 'Serve the demo''s events (started by `apigw demo`)'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'apigw;event'= {
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand gen 'Generate the event that API Gateway sends for a request'
            cand from 'Events from what is at hand: a curl command line, a HAR recording, raw HTTP, OpenAPI'
            cand to 'The request that an event describes: as a curl command, as raw HTTP, or its URL'
            cand convert 'Turn an event into the one that another front end would send for the same call'
            cand list 'List the kinds of event'
            cand check 'Say whether AWS would send such an event, and which front end would'
            cand diff 'Say what differs between two events'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'apigw;event;gen'= {
            cand --url 'The URL as a client calls it'
            cand --path 'Path and query below the stage, such as ''/users/42?a=1&a=2'''
            cand -X 'The method, instead of the kind''s own'
            cand --method 'The method, instead of the kind''s own'
            cand --request 'The method, instead of the kind''s own'
            cand -H 'A header, or @FILE with one on each line; may be repeated, also for the same name. ''Name;'' is empty, and ''Name:'' takes away what would be sent otherwise'
            cand --header 'A header, or @FILE with one on each line; may be repeated, also for the same name. ''Name;'' is empty, and ''Name:'' takes away what would be sent otherwise'
            cand -d 'The body: text, @FILE without its line breaks, or @- for standard input; several are joined by &'
            cand --data 'The body: text, @FILE without its line breaks, or @- for standard input; several are joined by &'
            cand --data-raw 'The same, where @ is a letter like others'
            cand --data-binary 'The same, with every byte of @FILE'
            cand --data-urlencode 'The same, encoded for you: TEXT, NAME=TEXT, @FILE or NAME@FILE'
            cand --json 'A body of JSON, @FILE or @-, with the headers that say so; several follow each other'
            cand -F 'A field of a form of several parts: NAME=TEXT, NAME=@FILE (as a file) or NAME=<FILE (its text), then perhaps ;type=TYPE ;filename=NAME'
            cand --form 'A field of a form of several parts: NAME=TEXT, NAME=@FILE (as a file) or NAME=<FILE (its text), then perhaps ;type=TYPE ;filename=NAME'
            cand --form-string 'The same, where @, < and ; are letters like others'
            cand --query 'A query parameter, encoded for you; may be repeated'
            cand --url-query 'A piece of the query, as --data-urlencode takes it, or raw behind a +'
            cand -b 'A cookie; several are joined in one Cookie header. `invoke --url` takes a file of cookies too'
            cand --cookie 'A cookie; several are joined in one Cookie header. `invoke --url` takes a file of cookies too'
            cand -u 'User and password, for basic authentication'
            cand --user 'User and password, for basic authentication'
            cand -A 'The User-Agent'
            cand --user-agent 'The User-Agent'
            cand -e 'The Referer'
            cand --referer 'The Referer'
            cand --route 'A route of the API, such as ''GET /users/{id}'', or a route key of a WebSocket API; may be repeated. Without any, the path itself is the resource'
            cand --stage 'The stage [default: from the URL, else $default for HTTP APIs and prod for others]'
            cand --stage-variable 'A stage variable; may be repeated'
            cand --binary-media-type 'A binary media type of a REST API, such as image/png or */*; may be repeated'
            cand --endpoint-type 'The endpoint type of a REST API'
            cand --custom-domain 'A custom domain name, with the base path that the API is mapped to'
            cand --account 'The account that owns the API [default: 123456789012]'
            cand --region 'The region [default: from the URL, else us-east-1]'
            cand --api-id 'The id of the API or function URL, or the name of the load balancer''s target group [default: from the URL, else a fixed one]'
            cand --source-ip 'The client''s address [default: 203.0.113.10]'
            cand --principal 'The principal that a Lambda authorizer named'
            cand --context 'An entry of a Lambda authorizer''s context; the value is read as JSON if it is JSON'
            cand --claim 'A claim of the token: Cognito for REST, JWT for HTTP APIs; may be repeated'
            cand --iam 'The IAM user or assumed role that signed the request'
            cand --api-key 'The API key that the client sends in the header x-api-key (REST); @FILE reads it from a file'
            cand --connection-id 'The id of the connection [default: one that depends on the request]'
            cand --route-selection 'How the API finds the route of a message [default: $request.body.action]'
            cand --disconnect-code 'The code with which the connection was closed [default: none, which AWS tells as 1005]'
            cand --disconnect-reason 'The reason with which the connection was closed'
            cand --identity-source 'Where the identity stands, such as $request.header.Authorization; may be repeated. Without it in the request the gateway answers 401 [default: the Authorization header, and none for REQUEST and WebSocket authorizers]'
            cand --now 'The instant of the call, such as 2025-01-31T12:00:00Z [default: a fixed one]'
            cand --seed 'A number that all ids depend on; the same number gives the same ids'
            cand --set 'Put a value into the event, such as /headers/x-a=1; the value is read as JSON if it is JSON, else as text'
            cand -o 'Write to a file instead of standard output'
            cand --output 'Write to a file instead of standard output'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand -G 'Put the data into the query, and send no body'
            cand --get 'Put the data into the query, and send no body'
            cand -I 'Ask for the head alone: the method HEAD'
            cand --head 'Ask for the head alone: the method HEAD'
            cand --streaming 'The function URL streams: its invoke mode is RESPONSE_STREAM'
            cand --fresh 'The real clock, and ids that differ from run to run'
            cand --compact 'One line instead of many'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apigw;event;from'= {
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand curl 'The event for a curl command line, as browsers copy it and people write it'
            cand har 'The events of a HAR recording, one line each'
            cand http 'The event for a raw HTTP/1.1 request'
            cand openapi 'Events for the operations of an OpenAPI 3 document'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'apigw;event;from;curl'= {
            cand --to 'The kind of event (see `apigw event list`), or a flavour, which keeps the request''s own method. A host that this front end cannot have gives way to its default name'
            cand --route 'A route of the API, such as ''GET /users/{id}'', or a route key of a WebSocket API; may be repeated. Without any, the path itself is the resource'
            cand --stage 'The stage [default: from the URL, else $default for HTTP APIs and prod for others]'
            cand --stage-variable 'A stage variable; may be repeated'
            cand --binary-media-type 'A binary media type of a REST API, such as image/png or */*; may be repeated'
            cand --endpoint-type 'The endpoint type of a REST API'
            cand --custom-domain 'A custom domain name, with the base path that the API is mapped to'
            cand --account 'The account that owns the API [default: 123456789012]'
            cand --region 'The region [default: from the URL, else us-east-1]'
            cand --api-id 'The id of the API or function URL, or the name of the load balancer''s target group [default: from the URL, else a fixed one]'
            cand --source-ip 'The client''s address [default: 203.0.113.10]'
            cand --principal 'The principal that a Lambda authorizer named'
            cand --context 'An entry of a Lambda authorizer''s context; the value is read as JSON if it is JSON'
            cand --claim 'A claim of the token: Cognito for REST, JWT for HTTP APIs; may be repeated'
            cand --iam 'The IAM user or assumed role that signed the request'
            cand --api-key 'The API key that the client sends in the header x-api-key (REST); @FILE reads it from a file'
            cand --now 'The instant of the call, such as 2025-01-31T12:00:00Z [default: a fixed one]'
            cand --seed 'A number that all ids depend on; the same number gives the same ids'
            cand --set 'Put a value into the event, such as /headers/x-a=1; the value is read as JSON if it is JSON, else as text'
            cand -o 'Write to a file instead of standard output'
            cand --output 'Write to a file instead of standard output'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand --streaming 'The function URL streams: its invoke mode is RESPONSE_STREAM'
            cand --fresh 'The real clock, and ids that differ from run to run'
            cand --compact 'One line instead of many'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apigw;event;from;har'= {
            cand --entry 'Only this entry, counted from 0, as jq counts them'
            cand --match 'Only entries whose URL this regular expression finds something in'
            cand --to 'The kind of event (see `apigw event list`), or a flavour, which keeps the request''s own method. A host that this front end cannot have gives way to its default name'
            cand --route 'A route of the API, such as ''GET /users/{id}'', or a route key of a WebSocket API; may be repeated. Without any, the path itself is the resource'
            cand --stage 'The stage [default: from the URL, else $default for HTTP APIs and prod for others]'
            cand --stage-variable 'A stage variable; may be repeated'
            cand --binary-media-type 'A binary media type of a REST API, such as image/png or */*; may be repeated'
            cand --endpoint-type 'The endpoint type of a REST API'
            cand --custom-domain 'A custom domain name, with the base path that the API is mapped to'
            cand --account 'The account that owns the API [default: 123456789012]'
            cand --region 'The region [default: from the URL, else us-east-1]'
            cand --api-id 'The id of the API or function URL, or the name of the load balancer''s target group [default: from the URL, else a fixed one]'
            cand --source-ip 'The client''s address [default: 203.0.113.10]'
            cand --principal 'The principal that a Lambda authorizer named'
            cand --context 'An entry of a Lambda authorizer''s context; the value is read as JSON if it is JSON'
            cand --claim 'A claim of the token: Cognito for REST, JWT for HTTP APIs; may be repeated'
            cand --iam 'The IAM user or assumed role that signed the request'
            cand --api-key 'The API key that the client sends in the header x-api-key (REST); @FILE reads it from a file'
            cand --now 'The instant of the call, such as 2025-01-31T12:00:00Z [default: a fixed one]'
            cand --seed 'A number that all ids depend on; the same number gives the same ids'
            cand --set 'Put a value into the event, such as /headers/x-a=1; the value is read as JSON if it is JSON, else as text'
            cand -o 'Write to a file instead of standard output'
            cand --output 'Write to a file instead of standard output'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand --streaming 'The function URL streams: its invoke mode is RESPONSE_STREAM'
            cand --fresh 'The real clock, and ids that differ from run to run'
            cand --compact 'One line instead of many'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apigw;event;from;http'= {
            cand --to 'The kind of event (see `apigw event list`), or a flavour, which keeps the request''s own method. A host that this front end cannot have gives way to its default name'
            cand --route 'A route of the API, such as ''GET /users/{id}'', or a route key of a WebSocket API; may be repeated. Without any, the path itself is the resource'
            cand --stage 'The stage [default: from the URL, else $default for HTTP APIs and prod for others]'
            cand --stage-variable 'A stage variable; may be repeated'
            cand --binary-media-type 'A binary media type of a REST API, such as image/png or */*; may be repeated'
            cand --endpoint-type 'The endpoint type of a REST API'
            cand --custom-domain 'A custom domain name, with the base path that the API is mapped to'
            cand --account 'The account that owns the API [default: 123456789012]'
            cand --region 'The region [default: from the URL, else us-east-1]'
            cand --api-id 'The id of the API or function URL, or the name of the load balancer''s target group [default: from the URL, else a fixed one]'
            cand --source-ip 'The client''s address [default: 203.0.113.10]'
            cand --principal 'The principal that a Lambda authorizer named'
            cand --context 'An entry of a Lambda authorizer''s context; the value is read as JSON if it is JSON'
            cand --claim 'A claim of the token: Cognito for REST, JWT for HTTP APIs; may be repeated'
            cand --iam 'The IAM user or assumed role that signed the request'
            cand --api-key 'The API key that the client sends in the header x-api-key (REST); @FILE reads it from a file'
            cand --now 'The instant of the call, such as 2025-01-31T12:00:00Z [default: a fixed one]'
            cand --seed 'A number that all ids depend on; the same number gives the same ids'
            cand --set 'Put a value into the event, such as /headers/x-a=1; the value is read as JSON if it is JSON, else as text'
            cand -o 'Write to a file instead of standard output'
            cand --output 'Write to a file instead of standard output'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand --streaming 'The function URL streams: its invoke mode is RESPONSE_STREAM'
            cand --fresh 'The real clock, and ids that differ from run to run'
            cand --compact 'One line instead of many'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apigw;event;from;openapi'= {
            cand --operation 'Only this operation: its operationId, or method and path such as ''GET /users/{id}'''
            cand --to 'The kind of event (see `apigw event list`), or a flavour, which keeps the request''s own method. A host that this front end cannot have gives way to its default name'
            cand --route 'A route of the API, such as ''GET /users/{id}'', or a route key of a WebSocket API; may be repeated. Without any, the path itself is the resource'
            cand --stage 'The stage [default: from the URL, else $default for HTTP APIs and prod for others]'
            cand --stage-variable 'A stage variable; may be repeated'
            cand --binary-media-type 'A binary media type of a REST API, such as image/png or */*; may be repeated'
            cand --endpoint-type 'The endpoint type of a REST API'
            cand --custom-domain 'A custom domain name, with the base path that the API is mapped to'
            cand --account 'The account that owns the API [default: 123456789012]'
            cand --region 'The region [default: from the URL, else us-east-1]'
            cand --api-id 'The id of the API or function URL, or the name of the load balancer''s target group [default: from the URL, else a fixed one]'
            cand --source-ip 'The client''s address [default: 203.0.113.10]'
            cand --principal 'The principal that a Lambda authorizer named'
            cand --context 'An entry of a Lambda authorizer''s context; the value is read as JSON if it is JSON'
            cand --claim 'A claim of the token: Cognito for REST, JWT for HTTP APIs; may be repeated'
            cand --iam 'The IAM user or assumed role that signed the request'
            cand --api-key 'The API key that the client sends in the header x-api-key (REST); @FILE reads it from a file'
            cand --now 'The instant of the call, such as 2025-01-31T12:00:00Z [default: a fixed one]'
            cand --seed 'A number that all ids depend on; the same number gives the same ids'
            cand --set 'Put a value into the event, such as /headers/x-a=1; the value is read as JSON if it is JSON, else as text'
            cand -o 'Write to a file instead of standard output'
            cand --output 'Write to a file instead of standard output'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand --streaming 'The function URL streams: its invoke mode is RESPONSE_STREAM'
            cand --fresh 'The real clock, and ids that differ from run to run'
            cand --compact 'One line instead of many'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apigw;event;from;help'= {
            cand curl 'The event for a curl command line, as browsers copy it and people write it'
            cand har 'The events of a HAR recording, one line each'
            cand http 'The event for a raw HTTP/1.1 request'
            cand openapi 'Events for the operations of an OpenAPI 3 document'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'apigw;event;from;help;curl'= {
        }
        &'apigw;event;from;help;har'= {
        }
        &'apigw;event;from;help;http'= {
        }
        &'apigw;event;from;help;openapi'= {
        }
        &'apigw;event;from;help;help'= {
        }
        &'apigw;event;to'= {
            cand -o 'Write to a file instead of standard output'
            cand --output 'Write to a file instead of standard output'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'apigw;event;convert'= {
            cand --to 'The front end that would send it'
            cand -o 'Write to a file instead of standard output'
            cand --output 'Write to a file instead of standard output'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand --compact 'One line instead of many'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'apigw;event;list'= {
            cand --format 'How to print them'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand --aliases 'List the names that SAM, the Lambda console, cargo-lambda, Serverless and Powertools use; each is understood wherever a kind is'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apigw;event;check'= {
            cand --api 'The flavour that the events should be of [default: what each looks like]'
            cand --input 'How a file holds its documents'
            cand --stdin-filename 'The name of what comes on standard input, for reports'
            cand --format 'How to print the findings [default: human]'
            cand --report 'Also write a report to a file, in any of these formats; may be repeated. A file that cannot be written makes the exit code 2'
            cand --select 'Tell of these rules only: codes, beginnings of codes (AGW1), names, or all; may be repeated'
            cand --extend-select 'Tell of these rules as well, whatever the configuration ignores'
            cand --ignore 'Do not tell of these rules; those about text that is no JSON (AGW9..) only if named one by one'
            cand --severity 'Make findings of a rule or of a group of rules so severe: error, warning, info, or off'
            cand --fail-on 'From which severity on findings make the exit code 1 [default: error]'
            cand --config 'The configuration file [default: the nearest apigw.toml or .apigw.toml above each file, up to the root of its repository]'
            cand --baseline 'Do not tell of the findings that stand in this file'
            cand --write-baseline 'Write what is found to this file, so that --baseline hides it from now on'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand --why 'Also say what speaks for the flavour of each event, and against the others'
            cand --allow-empty 'Do not call it an error when there is nothing to check'
            cand -q 'Say nothing of what is in order: no summary, and nothing of documents without findings'
            cand --quiet 'Say nothing of what is in order: no summary, and nothing of documents without findings'
            cand --isolated 'Read no configuration file'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apigw;event;diff'= {
            cand --format 'How to print the differences'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand --all 'Also what differs from call to call'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apigw;event;help'= {
            cand gen 'Generate the event that API Gateway sends for a request'
            cand from 'Events from what is at hand: a curl command line, a HAR recording, raw HTTP, OpenAPI'
            cand to 'The request that an event describes: as a curl command, as raw HTTP, or its URL'
            cand convert 'Turn an event into the one that another front end would send for the same call'
            cand list 'List the kinds of event'
            cand check 'Say whether AWS would send such an event, and which front end would'
            cand diff 'Say what differs between two events'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'apigw;event;help;gen'= {
        }
        &'apigw;event;help;from'= {
            cand curl 'The event for a curl command line, as browsers copy it and people write it'
            cand har 'The events of a HAR recording, one line each'
            cand http 'The event for a raw HTTP/1.1 request'
            cand openapi 'Events for the operations of an OpenAPI 3 document'
        }
        &'apigw;event;help;from;curl'= {
        }
        &'apigw;event;help;from;har'= {
        }
        &'apigw;event;help;from;http'= {
        }
        &'apigw;event;help;from;openapi'= {
        }
        &'apigw;event;help;to'= {
        }
        &'apigw;event;help;convert'= {
        }
        &'apigw;event;help;list'= {
        }
        &'apigw;event;help;check'= {
        }
        &'apigw;event;help;diff'= {
        }
        &'apigw;event;help;help'= {
        }
        &'apigw;invoke'= {
            cand --bin 'A function''s binary: it is started with Lambda''s environment and a Runtime API of its own'
            cand --handler 'A handler in a Python or Node file, as Lambda''s setting has it: app.lambda_handler, src/index.handler'
            cand --cmd 'A command line that builds and starts the function, such as ''go run .''; no shell reads it'
            cand --runtime 'What runs the handler: python3.12, nodejs22, the path of an interpreter [default: what the file needs, on PATH]'
            cand --env 'A variable of the function''s environment; may be repeated'
            cand --env-file 'A file with NAME=VALUE lines for the function''s environment'
            cand --env-vars 'A JSON file with variables, as SAM has it: {"FUNCTION": {"NAME": "VALUE"}, "Parameters": {…}}'
            cand --function-name 'What the function is called [default: by its binary, file or directory]'
            cand --memory 'The function''s memory size in MB [default: 128]'
            cand --init-timeout 'Seconds until the function has to ask for its first event [default: 10, with --cmd 600]'
            cand --keep 'Stay after the answer and let others invoke the warm function, by Lambda''s Invoke API on this port [a free one]'
            cand --log-format 'How the function is to write its log, as Lambda''s setting says; JSON is shown in plain lines'
            cand --log-level 'The least level that the function is to log, as Lambda''s setting says [default: info for JSON]'
            cand --url 'An endpoint: the request is sent below this URL'
            cand --max-redirs 'How many redirects are followed; -1 for all [default: 50]'
            cand --connect-timeout 'Seconds to reach the server [default: 10]'
            cand --retry 'Try again that often after a timeout or the statuses 408, 429, 500, 502, 503 and 504'
            cand --retry-delay 'Seconds between the tries [default: 1, twice as long each time, or what Retry-After says]'
            cand -c 'Keep cookies from request to request, and write them to this file in Netscape''s format'
            cand --cookie-jar 'Keep cookies from request to request, and write them to this file in Netscape''s format'
            cand --cacert 'The certificates that are trusted, in PEM format, instead of those of this machine'
            cand -E 'A client certificate in PEM format, perhaps with its key'
            cand --cert 'A client certificate in PEM format, perhaps with its key'
            cand --key 'The key of the client certificate in PEM format'
            cand --resolve 'The address of a host, instead of asking for it; may be repeated'
            cand --connect-to 'Where connections for a host and port go instead; may be repeated'
            cand -x 'A proxy of http, https or socks5 [default: as the environment says]'
            cand --proxy 'A proxy of http, https or socks5 [default: as the environment says]'
            cand --noproxy 'Hosts that are reached without a proxy, by commas; * for all'
            cand -D 'Write the heads of all responses to a file'
            cand --dump-header 'Write the heads of all responses to a file'
            cand -w 'Say this behind the answer: text with %{http_code}, %{time_total}, %header{NAME}, %{json}, or @FILE'
            cand --write-out 'Say this behind the answer: text with %{http_code}, %{time_total}, %header{NAME}, %{json}, or @FILE'
            cand --event 'A kind of event, a file with an event, or - for standard input'
            cand --api 'The front end between caller and function [default: that of the event, else rest]'
            cand --path 'Path and query below the stage, such as ''/users/42?a=1&a=2'''
            cand -X 'The method, instead of the kind''s own'
            cand --method 'The method, instead of the kind''s own'
            cand --request 'The method, instead of the kind''s own'
            cand -H 'A header, or @FILE with one on each line; may be repeated, also for the same name. ''Name;'' is empty, and ''Name:'' takes away what would be sent otherwise'
            cand --header 'A header, or @FILE with one on each line; may be repeated, also for the same name. ''Name;'' is empty, and ''Name:'' takes away what would be sent otherwise'
            cand -d 'The body: text, @FILE without its line breaks, or @- for standard input; several are joined by &'
            cand --data 'The body: text, @FILE without its line breaks, or @- for standard input; several are joined by &'
            cand --data-raw 'The same, where @ is a letter like others'
            cand --data-binary 'The same, with every byte of @FILE'
            cand --data-urlencode 'The same, encoded for you: TEXT, NAME=TEXT, @FILE or NAME@FILE'
            cand --json 'A body of JSON, @FILE or @-, with the headers that say so; several follow each other'
            cand -F 'A field of a form of several parts: NAME=TEXT, NAME=@FILE (as a file) or NAME=<FILE (its text), then perhaps ;type=TYPE ;filename=NAME'
            cand --form 'A field of a form of several parts: NAME=TEXT, NAME=@FILE (as a file) or NAME=<FILE (its text), then perhaps ;type=TYPE ;filename=NAME'
            cand --form-string 'The same, where @, < and ; are letters like others'
            cand --query 'A query parameter, encoded for you; may be repeated'
            cand --url-query 'A piece of the query, as --data-urlencode takes it, or raw behind a +'
            cand -b 'A cookie; several are joined in one Cookie header. `invoke --url` takes a file of cookies too'
            cand --cookie 'A cookie; several are joined in one Cookie header. `invoke --url` takes a file of cookies too'
            cand -u 'User and password, for basic authentication'
            cand --user 'User and password, for basic authentication'
            cand -A 'The User-Agent'
            cand --user-agent 'The User-Agent'
            cand -e 'The Referer'
            cand --referer 'The Referer'
            cand --route 'A route of the API, such as ''GET /users/{id}'', or a route key of a WebSocket API; may be repeated. Without any, the path itself is the resource'
            cand --stage 'The stage [default: from the URL, else $default for HTTP APIs and prod for others]'
            cand --stage-variable 'A stage variable; may be repeated'
            cand --binary-media-type 'A binary media type of a REST API, such as image/png or */*; may be repeated'
            cand --endpoint-type 'The endpoint type of a REST API'
            cand --custom-domain 'A custom domain name, with the base path that the API is mapped to'
            cand --account 'The account that owns the API [default: 123456789012]'
            cand --region 'The region [default: from the URL, else us-east-1]'
            cand --api-id 'The id of the API or function URL, or the name of the load balancer''s target group [default: from the URL, else a fixed one]'
            cand --source-ip 'The client''s address [default: 203.0.113.10]'
            cand --principal 'The principal that a Lambda authorizer named'
            cand --context 'An entry of a Lambda authorizer''s context; the value is read as JSON if it is JSON'
            cand --claim 'A claim of the token: Cognito for REST, JWT for HTTP APIs; may be repeated'
            cand --iam 'The IAM user or assumed role that signed the request'
            cand --api-key 'The API key that the client sends in the header x-api-key (REST); @FILE reads it from a file'
            cand --connection-id 'The id of the connection [default: one that depends on the request]'
            cand --route-selection 'How the API finds the route of a message [default: $request.body.action]'
            cand --disconnect-code 'The code with which the connection was closed [default: none, which AWS tells as 1005]'
            cand --disconnect-reason 'The reason with which the connection was closed'
            cand --identity-source 'Where the identity stands, such as $request.header.Authorization; may be repeated. Without it in the request the gateway answers 401 [default: the Authorization header, and none for REQUEST and WebSocket authorizers]'
            cand --now 'The instant of the call, such as 2025-01-31T12:00:00Z [default: a fixed one]'
            cand --seed 'A number that all ids depend on; the same number gives the same ids'
            cand --set 'Put a value into the event, such as /headers/x-a=1; the value is read as JSON if it is JSON, else as text'
            cand --service 'The service that is signed for [default: from the host, else execute-api]'
            cand --bearer 'The token of the header Authorization: Bearer, sent to --url; @FILE reads it from a file'
            cand --cors-allow-origin 'An origin that the CORS configuration of the HTTP API or the function URL allows, or *; may be repeated'
            cand -m 'Seconds until the function, or the endpoint, has run out of time [default: 3, for URLs 30, in AWS 900]'
            cand --timeout 'Seconds until the function, or the endpoint, has run out of time [default: 3, for URLs 30, in AWS 900]'
            cand --max-time 'Seconds until the function, or the endpoint, has run out of time [default: 3, for URLs 30, in AWS 900]'
            cand --function 'A function in AWS: NAME, NAME:QUALIFIER or an ARN'
            cand --type 'What Lambda is to do with the event [default: RequestResponse]'
            cand --client-context 'The client context that the function finds in its context object'
            cand --profile 'The profile of ~/.aws/config whose credentials and region are taken'
            cand --endpoint-url 'Where Lambda''s API is answered instead, such as an emulator (also AWS_ENDPOINT_URL_LAMBDA)'
            cand --events 'Ask with every event of a file, one a line (NDJSON), and print the answers in order; - is standard input'
            cand -n 'Ask so many times and print a measurement, not the answers; the events of --events take turns'
            cand --repeat 'Ask so many times and print a measurement, not the answers; the events of --events take turns'
            cand --duration 'Ask for so long and measure: 10s, 500ms, 2m'
            cand --rate 'Ask at fixed times and measure: 50/s, 600/m. Latencies count from when a call was due: waiting for slow calls before it is a part of them'
            cand --concurrency 'Ask so many at a time and measure: each in a process of the function, or on a connection, of its own [default: 1]'
            cand --export 'Send nothing: write the requests of --url for another tool to standard output'
            cand --compare-bin 'The second target: a function''s binary'
            cand --compare-handler 'The second target: a handler in a Python or Node file'
            cand --compare-function 'The second target: a function in AWS'
            cand --compare-url 'The second target: an endpoint'
            cand --ignore-body 'A part of JSON bodies that may differ, such as /requestId or /items/*/updatedAt; may be repeated'
            cand -o 'Write to a file instead of standard output, whole or not at all'
            cand --output 'Write to a file instead of standard output, whole or not at all'
            cand --format 'How to print'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand --inherit-env 'Pass this machine''s variables, too, below Lambda''s own; credentials of AWS are among them'
            cand --watch 'Stay after the answer, and start and invoke the function anew whenever its code changes'
            cand --report 'Write Lambda''s START, END and REPORT lines around the function''s log; -v does, too'
            cand --curl 'Print the curl command that sends the same request, and send nothing'
            cand -L 'Follow redirects'
            cand --location 'Follow redirects'
            cand --location-trusted 'Follow redirects, and give other hosts the credentials too'
            cand -f 'Fail for a status of 400 and more, without its body: exit code 1'
            cand --fail 'Fail for a status of 400 and more, without its body: exit code 1'
            cand --fail-with-body 'The same with the body'
            cand --retry-connrefused 'Try again also after a refused connection'
            cand --retry-all-errors 'Try again after every failure'
            cand --compressed 'Ask for a compressed body, and unpack it'
            cand -k 'Take any certificate of the server'
            cand --insecure 'Take any certificate of the server'
            cand --http1.1 'Speak HTTP/1.1, as is usual here'
            cand --http2 'Speak HTTP/2 where the server agrees to it over TLS'
            cand --http2-prior-knowledge 'Speak HTTP/2 at once'
            cand --path-as-is 'Refuse a path with . and .. in it, instead of resolving them: they cannot be sent'
            cand -O 'Write the answer into a file of the name in the URL'
            cand --remote-name 'Write the answer into a file of the name in the URL'
            cand -G 'Put the data into the query, and send no body'
            cand --get 'Put the data into the query, and send no body'
            cand -I 'Ask for the head alone: the method HEAD'
            cand --head 'Ask for the head alone: the method HEAD'
            cand --streaming 'The function URL streams: its invoke mode is RESPONSE_STREAM'
            cand --fresh 'The real clock, and ids that differ from run to run'
            cand --sign 'Sign the request to --url with AWS credentials, as APIs and function URLs with IAM authorization want it'
            cand --route-response 'The WebSocket route has a $default route response, so that a body is sent to the client'
            cand --simple-responses 'The authorizer of the HTTP API has simple responses enabled'
            cand --cors-expected 'Pages of other origins read the answers: every one needs CORS headers, errors too'
            cand --stream 'Ask for the answer as a stream, as a function URL that streams does (InvokeWithResponseStream)'
            cand --tail 'Show the end of the function''s log'
            cand -v 'Say who was asked, and which version of the function answered; on this machine as --report; with --url, the heads of requests and responses'
            cand --verbose 'Say who was asked, and which version of the function answered; on this machine as --report; with --url, the heads of requests and responses'
            cand --compare 'Ask a second target the same, and show what differs; implied by the flags that name it'
            cand --all-headers 'Also show headers that differ from call to call; they never count'
            cand -i 'Show status and headers before the body'
            cand --include 'Show status and headers before the body'
            cand --raw 'Print what the function returned instead of what the caller gets'
            cand --show-secrets 'Show credentials, tokens, keys and cookies in headers and events, which are hidden otherwise'
            cand -s 'Say nothing of further tries'
            cand --silent 'Say nothing of further tries'
            cand -S 'Show errors, as is always done'
            cand --show-error 'Show errors, as is always done'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apigw;lint-response'= {
            cand --api 'The front end that receives the result; several with commas, or all (but authorizers) [default: rest, unless the configuration says otherwise]'
            cand --moment 'The moment of a WebSocket connection that the result answers [default: message]'
            cand --method-arn 'The ARN of the call that an authorizer is asked about, as its event names it [default: a GET of the root of the default API]'
            cand --route-arn 'The ARN of the call that an authorizer is asked about, as its event names it [default: a GET of the root of the default API]'
            cand --cors-allow-origin 'An origin that the CORS configuration of the HTTP API or the function URL allows, or *; may be repeated'
            cand --origin 'The origin of the page that asks: the answer must let it read'
            cand --request-method 'The method of the request that is answered [default: GET]'
            cand --request-header 'A header of the request that is answered; may be repeated'
            cand --accept 'The Accept header of the request that is answered'
            cand --binary-media-type 'A binary media type of the REST API, such as image/png or */*; may be repeated'
            cand --body-schema 'A JSON Schema for the JSON in the bodies of the results, or of those with a status (200=FILE, 4xx=FILE); may be repeated. What it refers to is read from files beside it or below'
            cand --input 'How a file holds its documents'
            cand --stdin-filename 'The name of what comes on standard input, for reports'
            cand --format 'How to print the findings [default: human]'
            cand --report 'Also write a report to a file, in any of these formats; may be repeated. A file that cannot be written makes the exit code 2'
            cand --select 'Tell of these rules only: codes, beginnings of codes (AGW1), names, or all; may be repeated'
            cand --extend-select 'Tell of these rules as well, whatever the configuration ignores'
            cand --ignore 'Do not tell of these rules; those about text that is no JSON (AGW9..) only if named one by one'
            cand --severity 'Make findings of a rule or of a group of rules so severe: error, warning, info, or off'
            cand --fail-on 'From which severity on findings make the exit code 1 [default: error]'
            cand --config 'The configuration file [default: the nearest apigw.toml or .apigw.toml above each file, up to the root of its repository]'
            cand --baseline 'Do not tell of the findings that stand in this file'
            cand --write-baseline 'Write what is found to this file, so that --baseline hides it from now on'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand --route-response 'The WebSocket route has a $default route response, so that a body is sent to the client'
            cand --simple-responses 'The authorizer of the HTTP API has simple responses enabled'
            cand --cors-expected 'Pages of other origins read the answers: every one needs CORS headers, errors too'
            cand --streaming 'The function URL streams (its invoke mode is RESPONSE_STREAM): a file holds what the function sends, with its prelude if it has one'
            cand --fix 'Mend what is mechanical in the files, and tell of what is left; standard input is printed mended'
            cand --diff 'Print what --fix would change, and change nothing'
            cand --allow-empty 'Do not call it an error when there is nothing to check'
            cand -q 'Say nothing of what is in order: no summary, and nothing of documents without findings'
            cand --quiet 'Say nothing of what is in order: no summary, and nothing of documents without findings'
            cand --isolated 'Read no configuration file'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apigw;serve'= {
            cand --base-path 'The base path of a custom domain under which an API answers, too; may be repeated'
            cand --jwks 'The keys of an authorizer that verifies tokens: a key set (JWKS) in a file or at a URL; may be repeated'
            cand --iam-identity 'Whom signed requests come from: the ARN of an IAM user or an assumed role'
            cand --api-key 'An API key that is known, beside those of the template; without any, every key will do'
            cand --throttle 'Let no more requests pass: so many a second, and so many at once [default: all]'
            cand --no-auth 'Switch an authorizer off, by its name; AWS_IAM for signatures'
            cand --no-route 'Leave a route out, by its key: ''GET /users/{id}'''
            cand --no-api 'Leave an API out, by its logical id'
            cand --parameter 'The value of a parameter, instead of its default'
            cand --region 'What ${AWS::Region} is; the partition follows from it'
            cand --account 'What ${AWS::AccountId} is'
            cand --partition 'What ${AWS::Partition} is: aws, aws-cn, aws-us-gov'
            cand --api-id 'The id of the API, or LOGICAL_ID=ID where there are several'
            cand --route 'A route and what answers it, a binary or a handler; may be repeated'
            cand --api 'The front end of --route: rest, http, http-v1, url or websocket'
            cand --stage 'The stage of --route [default: $default, of REST and WebSocket APIs prod]'
            cand --route-selection 'How messages of a WebSocket API of --route find theirs [default: $request.body.action]'
            cand --route-response 'A route of that WebSocket API that sends back what its function returns; may be repeated'
            cand --port 'The port of the first API, the next has the next; 0 takes free ones'
            cand --host 'The address to listen on'
            cand --format 'How requests are told of'
            cand --function 'What stands for a function of the template: a binary, or a handler such as src/app.handler; may be repeated'
            cand --build 'A command line that builds the functions: run by the shell at the start and before each reload'
            cand --env 'A variable of the functions'' environment; may be repeated'
            cand --env-file 'A file with NAME=VALUE lines for the functions'' environment'
            cand --env-vars 'A JSON file with variables, as SAM has it: {"FUNCTION": {"NAME": "VALUE"}, "Parameters": {…}}'
            cand --memory 'The functions'' memory size in MB [default: the template''s, else 128]'
            cand --timeout 'Seconds until a function has run out of time [default: the template''s, else 3]'
            cand --concurrency 'How many processes of a function may run at once'
            cand --inspect 'The port of the page that shows requests as they come; 0 takes a free one [default: 4040]'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand --one-port 'All APIs on one port, found by stage or base path'
            cand --no-watch 'Do not reload when code or templates change'
            cand --inherit-env 'Pass this machine''s variables, too, below Lambda''s own; credentials of AWS are among them'
            cand --no-inspect 'Do not open that page'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apigw;test'= {
            cand --openapi 'Ask what the examples of an OpenAPI document ask, in place of the suites'' cases: the answers have to fit the responses that it describes, by status, content type and schema'
            cand --target 'Who is asked for --openapi, where no suite says it: a key of a target such as bin=./bootstrap; may be repeated'
            cand --filter 'Only cases whose names contain this text, or match it as a regular expression; cases whose captures they use run, too. May be repeated'
            cand --tag 'Only cases with this tag; may be repeated'
            cand -j 'How many suites run at a time [default: 2]'
            cand --jobs 'How many suites run at a time [default: 2]'
            cand --shuffle 'Run suites, and cases of suites without captures, in an order that depends on a number'
            cand --retries 'How often a case is tried again that is not as expected; of functions in AWS and endpoints'
            cand --fuzz 'Also send N hostile variants of each request to the function, as events that AWS could send: without headers, oddly encoded, of other types. A function that fails, or whose result is refused, is a failure'
            cand --seed 'The number that the choice of variants depends on'
            cand --hostile 'Send the variant with just these changes, as a failure of --fuzz names them'
            cand --format 'How to print what came of it [default: human]'
            cand --report 'Also write a report to a file, in any of these formats; may be repeated'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand --dry-run 'List the cases, and run nothing'
            cand --bail 'End with the first case that is not as expected'
            cand --update 'Write the snapshots that are missing or differ, and drop those of no case'
            cand --show-secrets 'Show credentials, tokens, keys and cookies, which are hidden otherwise'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand init 'Write a first suite'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'apigw;test;init'= {
            cand -o 'The suite to write; - for standard output [default: TEMPLATE.apigw.yaml beside the template]'
            cand --output 'The suite to write; - for standard output [default: TEMPLATE.apigw.yaml beside the template]'
            cand --function 'What stands for a function, a binary or a handler; * for the routes of a document that names none; may be repeated'
            cand --parameter 'The value of a parameter, instead of its default'
            cand --region 'What ${AWS::Region} is; the partition follows from it'
            cand --account 'What ${AWS::AccountId} is'
            cand --partition 'What ${AWS::Partition} is: aws, aws-cn, aws-us-gov'
            cand --api-id 'The id of the API, or LOGICAL_ID=ID where there are several'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand --force 'Replace the file if it is there'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'apigw;test;help'= {
            cand init 'Write a first suite'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'apigw;test;help;init'= {
        }
        &'apigw;test;help;help'= {
        }
        &'apigw;explain'= {
            cand --format 'How to print it'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apigw;policy'= {
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand arn 'Draw a pattern of ARNs, and say whether it matches, contains or overlaps others'
            cand check 'Say what is wrong with a policy, and which route of a template may not invoke its function'
            cand explain 'Say whether a policy allows a request, and which statement or segment decides'
            cand grants 'List every grant of a template, those included that SAM generates from events and authorizers'
            cand routes 'List the routes of a template with the source ARN that each presents to its function, and which grant covers it'
            cand suggest 'The fewest grants that let every route and authorizer of a template invoke its function'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'apigw;policy;arn'= {
            cand --format 'How to print'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand --string 'Compare whole texts, as StringLike does: * reaches over colons'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apigw;policy;check'= {
            cand --input 'How a file holds its documents'
            cand --stdin-filename 'The name of what comes on standard input, for reports'
            cand --format 'How to print the findings [default: human]'
            cand --report 'Also write a report to a file, in any of these formats; may be repeated. A file that cannot be written makes the exit code 2'
            cand --select 'Tell of these rules only: codes, beginnings of codes (AGW1), names, or all; may be repeated'
            cand --extend-select 'Tell of these rules as well, whatever the configuration ignores'
            cand --ignore 'Do not tell of these rules; those about text that is no JSON (AGW9..) only if named one by one'
            cand --severity 'Make findings of a rule or of a group of rules so severe: error, warning, info, or off'
            cand --fail-on 'From which severity on findings make the exit code 1 [default: error]'
            cand --config 'The configuration file [default: the nearest apigw.toml or .apigw.toml above each file, up to the root of its repository]'
            cand --baseline 'Do not tell of the findings that stand in this file'
            cand --write-baseline 'Write what is found to this file, so that --baseline hides it from now on'
            cand --parameter 'The value of a parameter, instead of its default'
            cand --region 'What ${AWS::Region} is; the partition follows from it'
            cand --account 'What ${AWS::AccountId} is'
            cand --partition 'What ${AWS::Partition} is: aws, aws-cn, aws-us-gov'
            cand --api-id 'The id of the API, or LOGICAL_ID=ID where there are several'
            cand --function 'Check what AWS has of a function now: its policy, and the APIs that the policy or --api-id names. NAME, NAME:QUALIFIER or an ARN'
            cand --stage 'Look at this stage of the APIs only'
            cand --profile 'The profile of ~/.aws/config whose credentials and region are taken'
            cand --endpoint-url 'Where AWS''s services are answered instead, such as an emulator'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand --allow-empty 'Do not call it an error when there is nothing to check'
            cand -q 'Say nothing of what is in order: no summary, and nothing of documents without findings'
            cand --quiet 'Say nothing of what is in order: no summary, and nothing of documents without findings'
            cand --isolated 'Read no configuration file'
            cand --fix 'Mend what is mechanical in the files, and tell of what is left; standard input is printed mended'
            cand --diff 'Print what --fix would change, and change nothing'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apigw;policy;explain'= {
            cand --policy 'The policy; - for standard input'
            cand --format 'How to print'
            cand --source-arn 'The source ARN that API Gateway presents to the function'
            cand --function 'The function that is invoked [default: the resource of the policy''s first statement]'
            cand --route 'A route of the template, such as ''GET /users/{id}'', $default, or ''authorizer NAME'''
            cand --template 'The template that has the route: SAM, CloudFormation, CDK, Terraform or OpenAPI'
            cand --parameter 'The value of a parameter of the template, instead of its default'
            cand --api 'The API of the template, where several have the route'
            cand --request 'The call of the API, such as ''GET /users/42''; $connect for a WebSocket API'
            cand --stage 'The stage [default: that of the template if there is one, else prod]'
            cand --region 'The region of the API [default: that of the policy''s resources, else us-east-1]'
            cand --account 'The account of the API [default: that of the policy''s resources, else 123456789012]'
            cand --api-id 'The id of the API [default: that of the policy''s resources, else a fixed one]'
            cand --source-ip 'The client''s address; behind a VPC endpoint it is aws:VpcSourceIp [default: 203.0.113.10 for calls that come through none]'
            cand --vpce 'The VPC endpoint through which the call comes'
            cand --vpc 'The VPC from which the call comes'
            cand --caller 'Who signed the request: the ARN of a user, role or session, or an account'
            cand --auth 'How the method authorizes its callers [default: iam with --caller, else the policy alone]'
            cand --auth-says 'What the caller''s own policies, the token or the Lambda authorizer say [default: allow]'
            cand --context 'A key of the request''s context, such as aws:PrincipalOrgID=o-123; a key given twice has two values'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apigw;policy;grants'= {
            cand --parameter 'The value of a parameter, instead of its default'
            cand --region 'What ${AWS::Region} is; the partition follows from it'
            cand --account 'What ${AWS::AccountId} is'
            cand --partition 'What ${AWS::Partition} is: aws, aws-cn, aws-us-gov'
            cand --api-id 'The id of the API, or LOGICAL_ID=ID where there are several'
            cand --format 'How to print'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apigw;policy;routes'= {
            cand --parameter 'The value of a parameter, instead of its default'
            cand --region 'What ${AWS::Region} is; the partition follows from it'
            cand --account 'What ${AWS::AccountId} is'
            cand --partition 'What ${AWS::Partition} is: aws, aws-cn, aws-us-gov'
            cand --api-id 'The id of the API, or LOGICAL_ID=ID where there are several'
            cand --format 'How to print'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apigw;policy;suggest'= {
            cand --parameter 'The value of a parameter, instead of its default'
            cand --region 'What ${AWS::Region} is; the partition follows from it'
            cand --account 'What ${AWS::AccountId} is'
            cand --partition 'What ${AWS::Partition} is: aws, aws-cn, aws-us-gov'
            cand --api-id 'The id of the API, or LOGICAL_ID=ID where there are several'
            cand --format 'How to print'
            cand --breadth 'How far a grant may reach'
            cand --as 'How to write the grants'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apigw;policy;help'= {
            cand arn 'Draw a pattern of ARNs, and say whether it matches, contains or overlaps others'
            cand check 'Say what is wrong with a policy, and which route of a template may not invoke its function'
            cand explain 'Say whether a policy allows a request, and which statement or segment decides'
            cand grants 'List every grant of a template, those included that SAM generates from events and authorizers'
            cand routes 'List the routes of a template with the source ARN that each presents to its function, and which grant covers it'
            cand suggest 'The fewest grants that let every route and authorizer of a template invoke its function'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'apigw;policy;help;arn'= {
        }
        &'apigw;policy;help;check'= {
        }
        &'apigw;policy;help;explain'= {
        }
        &'apigw;policy;help;grants'= {
        }
        &'apigw;policy;help;routes'= {
        }
        &'apigw;policy;help;suggest'= {
        }
        &'apigw;policy;help;help'= {
        }
        &'apigw;rules'= {
            cand --select 'Only rules whose code begins so (AGW1), or of that name; several with commas'
            cand --format 'How to print them'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apigw;schema'= {
            cand --format 'How to print the list'
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apigw;demo'= {
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'apigw;completions'= {
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'apigw;demo-function'= {
            cand --color 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'apigw;help'= {
            cand event 'Make, list, check and compare the events that API Gateway sends to functions'
            cand invoke 'Send an event to a function, or a request to an endpoint, and show what the caller gets'
            cand lint-response 'Say whether API Gateway accepts a function''s output, and what the caller gets'
            cand serve 'Serve APIs on this machine: their routes, authorizers and functions'
            cand test 'Run suites of test cases against a function, an endpoint or the APIs of a template'
            cand explain 'Explain a rule, or an error: who answered, why, and what to do next'
            cand policy 'Say who may invoke which function, what API Gateway asks of it, and why not'
            cand rules 'List the rules'
            cand schema 'Print a published JSON Schema, for editors and other tools'
            cand demo 'Show the main job on this machine: a request, its event, a function''s result, the response'
            cand completions 'Print a completion script for a shell'
            cand demo-function 'Serve the demo''s events (started by `apigw demo`)'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'apigw;help;event'= {
            cand gen 'Generate the event that API Gateway sends for a request'
            cand from 'Events from what is at hand: a curl command line, a HAR recording, raw HTTP, OpenAPI'
            cand to 'The request that an event describes: as a curl command, as raw HTTP, or its URL'
            cand convert 'Turn an event into the one that another front end would send for the same call'
            cand list 'List the kinds of event'
            cand check 'Say whether AWS would send such an event, and which front end would'
            cand diff 'Say what differs between two events'
        }
        &'apigw;help;event;gen'= {
        }
        &'apigw;help;event;from'= {
            cand curl 'The event for a curl command line, as browsers copy it and people write it'
            cand har 'The events of a HAR recording, one line each'
            cand http 'The event for a raw HTTP/1.1 request'
            cand openapi 'Events for the operations of an OpenAPI 3 document'
        }
        &'apigw;help;event;from;curl'= {
        }
        &'apigw;help;event;from;har'= {
        }
        &'apigw;help;event;from;http'= {
        }
        &'apigw;help;event;from;openapi'= {
        }
        &'apigw;help;event;to'= {
        }
        &'apigw;help;event;convert'= {
        }
        &'apigw;help;event;list'= {
        }
        &'apigw;help;event;check'= {
        }
        &'apigw;help;event;diff'= {
        }
        &'apigw;help;invoke'= {
        }
        &'apigw;help;lint-response'= {
        }
        &'apigw;help;serve'= {
        }
        &'apigw;help;test'= {
            cand init 'Write a first suite'
        }
        &'apigw;help;test;init'= {
        }
        &'apigw;help;explain'= {
        }
        &'apigw;help;policy'= {
            cand arn 'Draw a pattern of ARNs, and say whether it matches, contains or overlaps others'
            cand check 'Say what is wrong with a policy, and which route of a template may not invoke its function'
            cand explain 'Say whether a policy allows a request, and which statement or segment decides'
            cand grants 'List every grant of a template, those included that SAM generates from events and authorizers'
            cand routes 'List the routes of a template with the source ARN that each presents to its function, and which grant covers it'
            cand suggest 'The fewest grants that let every route and authorizer of a template invoke its function'
        }
        &'apigw;help;policy;arn'= {
        }
        &'apigw;help;policy;check'= {
        }
        &'apigw;help;policy;explain'= {
        }
        &'apigw;help;policy;grants'= {
        }
        &'apigw;help;policy;routes'= {
        }
        &'apigw;help;policy;suggest'= {
        }
        &'apigw;help;rules'= {
        }
        &'apigw;help;schema'= {
        }
        &'apigw;help;demo'= {
        }
        &'apigw;help;completions'= {
        }
        &'apigw;help;demo-function'= {
        }
        &'apigw;help;help'= {
        }
    ]
    $completions[$command]
}
