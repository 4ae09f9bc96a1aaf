//! The smallest function against the Runtime API, both in this process.

use apigw::transport::{Event, RuntimeApi, serve_demo_function};

#[tokio::test]
async fn it_answers_until_the_runtime_api_goes_away() {
    let api = RuntimeApi::bind().await.unwrap();
    let address = api.address();
    let function = tokio::spawn(async move {
        serve_demo_function(&address, |event| event.iter().rev().copied().collect()).await
    });
    for n in 0..3 {
        let event = Event { request_id: format!("{n}"), body: "abc".into(), ..Event::default() };
        api.offer(event);
        api.wait_for(|state| state.exchange().is_over().then_some(())).await;
        let answer = api.with_state(|state| state.take_exchange()).answer.unwrap().unwrap();
        assert_eq!(answer.body, "cba");
    }
    drop(api);
    function.await.unwrap().unwrap();
}
